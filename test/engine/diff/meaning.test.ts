/** What does a change to a rule mean (意味の差分)? Dearer or cheaper, for whom, from when; or nothing that anyone pays. */
import { describe, expect, it } from 'vitest';
import { compileCondition } from '#engine/conditions/evaluate.ts';
import { meaningOf } from '#engine/diff/meaning/meaning.ts';
import type { Condition, MatrixPrice, Ruleset } from '#schemas/generated/types.ts';
import { changed, read, shipped, type Edits } from './edited.ts';

/** The charges of the plan, where they stand. */
const [basic, call, sms, data] = [1, 2, 5, 6].map((index) => `/body/charges/${index}`);
const plan = (edits: Edits): [Ruleset, Ruleset] => changed('ratePlan', 'smartphone-m', edits);
const campaign = (edits: Edits): [Ruleset, Ruleset] => changed('campaign', 'half-price-two-months', edits);
/** A charge by area, `rows` of them. */
const tableOfRows = (rows: number): object => ({
  ...{ type: 'usage', id: 'areas', name: { ja: '地域別', en: 'Areas' }, meter: 'voice.seconds' },
  unit: { size: '60', rounding: 'up', per: 'event' },
  price: {
    model: 'matrix',
    hit: 'first',
    columns: [{ fact: 'usage.number', match: 'longestPrefix' }],
    rows: Array.from({ length: rows }, (_, row) => ({ id: `row-${row}`, when: [`${row}`], unitPrice: '1' })),
  },
  taxCategory: 'standard',
});
const coupon = (edits: Edits): [Ruleset, Ruleset] => changed('campaign', 'welcome-coupon', edits);
const service = { fact: 'product.service', operator: 'equal', value: 'mobile' };
const individual = { fact: 'customer.type', operator: 'equal', value: 'individual' };

describe('a change means', () => {
  // because of what                        the change                                       what is told
  const rows: [string, [Ruleset, Ruleset], string[]][] = [
    [
      'room for a thousand more, and a million for them',
      coupon({ '/body/limits/inAll': 6000, '/body/limits/budget/amount': '6000000' }),
      [
        'eligibility: Limits of grants, Grants in all: 5,000 becomes 6,000.',
        'eligibility: Limits of grants, Budget, Amount: ¥5,000,000 becomes ¥6,000,000.',
      ],
    ],
    [
      'a list of codes instead of one for all',
      coupon({ '/body/coupon': { use: 'single' } }),
      [
        'eligibility: Coupon code, Kind of code: One code for all becomes Single-use codes.',
        'eligibility: Coupon code, Code: HAJIMETE-2025 becomes None.',
      ],
    ],
    [
      'a monthly fee of 200 more',
      plan({ [`${basic}/price`]: '4400' }),
      ['dearer price: “Basic fee”, price a month: ¥4,200 becomes ¥4,400 (¥200 more).'],
    ],
    [
      'a price table of 5,000 rows, of which a sentence says only the size',
      plan({ '/body/charges/-': tableOfRows(5000) }),
      [
        'dearer price: “Areas” is new: Usage charge (meter voice.seconds, unit size 60, started units A started unit counts whole, counted Each event, matrix a table of 5,000 rows and 1 column, tax category Standard rate).',
      ],
    ],
    [
      'a unit price of 2 less',
      plan({ [`${call}/price/unitPrice`]: '18' }),
      ['cheaper price: “Calls within Japan”, price: ¥20 a unit becomes ¥18.'],
    ],
    [
      'five gigabytes more at no charge: from the 21st on, 5 × 200 less at most',
      plan({ [`${data}/price/tiers/0/upTo`]: '25' }),
      [
        'cheaper price: “Data”, price changes: 21 gigabytes: ¥200 → ¥0, 26 gigabytes: ¥1,200 → ¥200, 31 gigabytes: ¥2,100 → ¥1,100, 90 gigabytes: ¥8,000 → ¥7,000.',
      ],
    ],
    [
      'tiers that are written otherwise and cost the same',
      plan({
        [`${data}/price/tiers`]: [
          { upTo: '20', unitPrice: '0' },
          { upTo: '25', unitPrice: '200' },
          { upTo: '30', unitPrice: '200' },
          { upTo: null, unitPrice: '100' },
        ],
      }),
      ['cosmetic: “Data”, price is written otherwise; every quantity costs what it did.'],
    ],
    [
      'dearer for few, cheaper for many: 30 are 20 × 50 + 10 × 80 = 1,800 instead of 10 × 200 = 2,000',
      plan({
        [`${data}/price/tiers`]: [
          { upTo: '20', unitPrice: '50' },
          { upTo: null, unitPrice: '80' },
        ],
      }),
      [
        'either price: “Data”, price changes: 1 gigabyte: ¥0 → ¥50, 20 gigabytes: ¥0 → ¥1,000, 30 gigabytes: ¥2,000 → ¥1,800, 90 gigabytes: ¥8,000 → ¥6,600.',
      ],
    ],
    [
      'free minutes cut from five to three',
      plan({ [`${call}/freePerEvent`]: '180' }),
      ['dearer price: “Calls within Japan”, free in each event: 5 minutes becomes 3 minutes.'],
    ],
    [
      'a higher cap',
      plan({ [`${data}/bounds/cap`]: '3500' }),
      ['dearer price: “Data”, minimum and cap, cap: ¥3,000 becomes ¥3,500 (¥500 more).'],
    ],
    [
      'no cap any more',
      plan({ [`${data}/bounds`]: undefined }),
      ['dearer price: “Data”, minimum and cap: cap ¥3,000, judged on Amount before discounts becomes None.'],
    ],
    [
      'a charge that comes',
      plan({
        '/body/charges/-': {
          type: 'oneTime',
          id: 'plate',
          name: { ja: '設置', en: 'Set-up' },
          on: 'start',
          price: '900',
          taxCategory: 'standard',
        },
      }),
      [
        'dearer price: “Set-up” is new: One-time charge (charged on The day charging starts, price ¥900, tax category Standard rate).',
      ],
    ],
    [
      'a first month in full',
      plan({ [`${basic}/proration/start`]: 'full' }),
      ['dearer proration: “Basic fee”, part periods, first period: By the day becomes Whole.'],
    ],
    [
      'sixty days free, the first day not counted, and the first part billed with the next month',
      plan({
        [`${basic}/proration/freeDays`]: 60,
        [`${basic}/proration/firstDay`]: 'notCounted',
        [`${basic}/proration/firstBill`]: 'withNext',
        [`${basic}/proration/lastDay`]: 'counted',
      }),
      [
        'billing: “Basic fee”, part periods, first part billed: In its own period becomes Together with the next month.',
        'cheaper proration: “Basic fee”, part periods, first day: Counted becomes Not counted.',
        'cheaper proration: “Basic fee”, part periods, free days: None becomes 60.',
      ],
    ],
    [
      'a fee while suspended, for six months at the longest',
      plan({
        [`${basic}/whileSuspended`]: 'fee',
        [`${basic}/suspensionFee`]: { name: { ja: '休止料', en: 'Pause' }, price: '500' },
        [`${basic}/longestSuspensionMonths`]: 6,
      }),
      [
        'cheaper proration: “Basic fee”, while suspended: Charged becomes Suspension fee.',
        'proration: “Basic fee”, suspension fee: None becomes “Pause” (¥500).',
        'dearer proration: “Basic fee”, longest suspension: None becomes 6 months.',
      ],
    ],
    [
      'a price that includes its tax from now on',
      plan({ [`${basic}/taxIncluded`]: true }),
      ['cheaper tax: “Basic fee”, tax included: No becomes Yes.'],
    ],
    [
      'tax at the reduced rate',
      plan({ [`${basic}/taxCategory`]: 'reduced' }),
      ['cheaper tax: “Basic fee”, tax category: Standard rate becomes Reduced rate.'],
    ],
    [
      'what was meant all along, written down',
      plan({ [`${basic}/taxIncluded`]: false, [`${basic}/whileSuspended`]: 'charge', [`${basic}/price`]: '4200.0' }),
      ['cosmetic: “Basic fee”, price a month: written otherwise; the value is the same.'],
    ],
    [
      'another name',
      plan({ [`${basic}/name`]: { ja: '基本使用料', en: 'Monthly fee' } }),
      [
        'cosmetic: “Monthly fee”, name, japanese: other words; no amount changes.',
        'cosmetic: “Monthly fee”, name, english: other words; no amount changes.',
      ],
    ],
    [
      'half price becomes 40 %',
      campaign({ '/body/discounts/0/effect/percent': '40' }),
      ['dearer price: “Half price for the first two months”, effect: 50% off becomes 40% off.'],
    ],
    [
      'free instead of half price',
      campaign({ '/body/discounts/0/effect': { op: 'free' } }),
      ['cheaper price: “Half price for the first two months”, effect: 50% off becomes Free.'],
    ],
    [
      'without end instead of two months',
      campaign({ '/body/duration/months': null }),
      ['cheaper price: Duration, Months: 2 months becomes without end.'],
    ],
    [
      'the discount comes off calls as well',
      campaign({ '/body/discounts/0/target/charges/-': 'call' }),
      ['cheaper price: The discount now comes off call, too.'],
    ],
    [
      'firms may have it',
      campaign({ '/body/eligibility/all': [service] }),
      [
        'wider eligibility: Eligibility: “Service is mobile and Customer type is individual” becomes “Service is mobile”.',
      ],
    ],
    [
      'an end to signing up',
      campaign({ '/body/window/to': '2027-06-01' }),
      ['narrower dates: Sign-up window: “from 1 Apr 2026 on” becomes “from 1 Apr 2026 until 31 May 2027”.'],
    ],
    [
      'another order of the same conditions',
      campaign({ '/body/eligibility/all': [individual, service] }),
      ['cosmetic: Eligibility is written otherwise; it is for the same customers.'],
    ],
    [
      'tenure that is rewarded earlier and more: year 4 had 5 %, years 10 to 14 had 15 %',
      changed('tenureDiscount', 'mobile-tenure', {
        '/body/steps/1/fromYear': 4,
        '/body/steps/2': { fromYear: 10, effect: { op: 'percentOff', percent: '20' } },
      }),
      [
        'cheaper price: Contract year 4: 5% off becomes 10% off.',
        'cheaper price: Contract year 10 to 14: 15% off becomes 20% off.',
      ],
    ],
    [
      'a set that needs electricity, too',
      changed('bundleDiscount', 'mobile-internet-set', { '/body/requires/services/-': 'electricity' }),
      ['narrower eligibility: Requires: “services mobile, internet” becomes “services mobile, internet, electricity”.'],
    ],
    [
      'campaigns first',
      changed('billingCycle', 'month-end', { '/body/discountOrder': ['campaign', 'bundleDiscount', 'tenureDiscount'] }),
      [
        'stacking: Order of discounts: Tenure discount, Bundle discount, Campaign becomes Campaign, Bundle discount, Tenure discount.',
      ],
    ],
    [
      'rounding up',
      changed('rounding', 'yen-down', { '/body/line/mode': 'up' }),
      ['rounding: Lines, Rounding: Down (towards zero) becomes Up (away from zero).'],
    ],
    [
      'another start, and other customers who take it',
      plan({ '/effective/from': '2027-04-01', '/existing': { mode: 'nextCycle' }, '/version': 2 }),
      [
        'dates: Version 2 is in force from 1 Apr 2027 on; before that version 1 stays.',
        'existing: Whoever has it already: This version from the next billing period.',
      ],
    ],
    [
      'a start that is brought forward: the earlier version never answers',
      plan({ '/effective/from': '2022-03-01', '/version': 2 }),
      ['dates: In force: “from 1 Apr 2022 on” becomes “from 1 Mar 2022 on”.'],
    ],
    [
      'to say outright that those who have it keep what they joined with',
      plan({ '/existing': { mode: 'grandfather' }, '/version': 2 }),
      ['cosmetic: What was left out is spelled out; it says the same.'],
    ],
    [
      'everybody on a day',
      plan({ '/existing': { mode: 'fromDate', date: '2027-05-01' }, '/version': 2 }),
      ['existing: Whoever has it already: This version from 1 May 2027 on.'],
    ],
    [
      'those who match are moved',
      plan({ '/existing': { mode: 'migrate', date: '2027-04-01', cohort: { all: [individual] } } }),
      [
        'existing: Existing customers: “Keep the version they joined on” becomes “this version from 1 Apr 2027 for those to whom it applies that day: Customer type is individual”.',
      ],
    ],
  ];
  it.each(rows)('%s', (_because, pair, told) => {
    expect(read(pair)).toEqual(told);
  });

  it('nothing, where two versions differ in their number only', () => {
    for (const ruleset of shipped) expect(meaningOf(ruleset, { ...ruleset, version: 99 })).toEqual([]);
  });
});

describe('who comes in or goes out', () => {
  it('is shown by a customer whom both versions judge otherwise', () => {
    const [before, after] = campaign({
      '/body/eligibility/all/1': { fact: 'customer.age', operator: 'decimalLessThan', value: '30' },
      '/body/triggers': ['planChange'],
    });
    const judged = (ruleset: Ruleset, facts: Readonly<Record<string, unknown>>): boolean => {
      const { triggers, eligibility } = ruleset.body as { triggers: string[]; eligibility: Condition };
      const isMeant = compileCondition(eligibility)((fact) => (facts[fact] ?? null) as never);
      return isMeant && triggers.includes(String(facts['product.event']));
    };
    const witnesses = meaningOf(before, after).flatMap((finding) => finding.witnesses ?? []);
    expect(witnesses.map(({ goes }) => goes)).toEqual(['in', 'out', 'in', 'out']);
    for (const { goes, facts } of witnesses)
      expect([judged(before, facts), judged(after, facts)]).toEqual(goes === 'in' ? [false, true] : [true, false]);
  });
});

describe('a price table', () => {
  const table = (rows: [string, (string | null)[], string][], hit: MatrixPrice['hit'] = 'unique'): MatrixPrice => ({
    model: 'matrix',
    hit,
    columns: [
      { fact: 'usage.destination', match: 'equal' },
      { fact: 'usage.band', match: 'equal' },
    ],
    rows: rows.map(([id, when, unitPrice]) => ({ id, when, unitPrice })),
  });
  const withTable = (price: MatrixPrice): Ruleset => plan({ [`${sms}/price`]: price })[1];
  const told = (before: MatrixPrice, after: MatrixPrice): string[] => read([withTable(before), withTable(after)]);
  const day: [string, (string | null)[], string] = ['day', ['mobile', 'day'], '20'];
  const night: [string, (string | null)[], string] = ['night', ['mobile', 'night'], '10'];

  it('says nothing of rows that stand elsewhere, are called otherwise, or are cut in two', () => {
    const same = 'cosmetic: “SMS”, price: rows stand or are cut otherwise; every use costs what it did.';
    expect(told(table([day, night]), table([night, day]))).toEqual([same]);
    expect(told(table([day, night]), table([['daytime', day[1], '20'], night]))).toEqual([same]);
    const cut = table([['any', [null, 'day'], '20'], night]);
    expect(told(cut, table([day, ['rest', [null, 'day'], '20'], night], 'first'))).toEqual([same]);
  });

  it('names the row that is dearer, with a use', () => {
    expect(told(table([day, night]), table([day, ['night', ['mobile', 'night'], '12']]))).toEqual([
      'dearer price: “SMS”, price: the unit price of row “night” goes from ¥10 to ¥12 (such as: Destination class is mobile, Time band is night).',
    ]);
  });

  it('notices that another row answers where the order decides', () => {
    const all: [string, (string | null)[], string] = ['all', [null, null], '15'];
    expect(told(table([day, all], 'first'), table([all, day], 'first'))).toEqual([
      'cheaper price: “SMS”, price: with Destination class is mobile, Time band is day, ¥20 (row “day”) becomes ¥15 (row “all”).',
    ]);
  });

  it('notices a use that had no price', () => {
    const found = meaningOf(withTable(table([day])), withTable(table([day, night])));
    expect(found.map(({ witnesses }) => witnesses?.map(({ goes, facts }) => [goes, facts]))).toEqual([
      [['in', { 'usage.destination': 'mobile', 'usage.band': 'night' }]],
    ]);
  });
});
