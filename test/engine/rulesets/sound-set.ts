/** A small operator's rulesets, one of every kind and nothing wrong with them: what tests bend until something is. */
import type {
  BillingCycleRuleset,
  BundleDiscountRuleset,
  CampaignRuleset,
  ComplianceProfileRuleset,
  FileFormatRuleset,
  InvoiceTemplateRuleset,
  OfferingRuleset,
  PenaltyRuleset,
  RatePlanRuleset,
  RoundingRuleset,
  Ruleset,
  StatutoryFeeRuleset,
  TaxRuleset,
  TenureDiscountRuleset,
  TermRuleset,
} from '#schemas/generated/types.ts';

const named = (text: string) => ({ ja: text, en: text });
const envelope = {
  version: 1,
  name: named('Sound'),
  effective: { from: '2026-04-01', to: null },
  reason: 'The first price list.',
};

/** Volume tiers as the brochure has them would fall in price; these do not. */
const tiers = () => [
  { upTo: '100', unitPrice: '3.3' },
  { upTo: null, unitPrice: '2.2', flat: '110' },
];

const ratePlan: RatePlanRuleset = {
  kind: 'ratePlan',
  id: 'voice',
  ...envelope,
  body: {
    charges: [
      { type: 'oneTime', id: 'setup', name: named('Setup'), on: 'start', price: '3300', taxCategory: 'standard' },
      {
        type: 'recurring',
        id: 'base',
        name: named('Monthly'),
        price: '3000',
        taxCategory: 'standard',
        proration: { start: 'byDay', end: 'full', change: 'byDay' },
        bounds: { minimum: '500', cap: '5000' },
      },
      {
        type: 'usage',
        id: 'calls',
        name: named('Calls'),
        meter: 'voice.seconds',
        where: { all: [{ fact: 'usage.destination', operator: 'in', value: ['domestic'] }] },
        unit: { size: '30', rounding: 'up', per: 'event' },
        price: { model: 'perUnit', unitPrice: '22' },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'messages',
        name: named('Messages'),
        meter: 'message.count',
        unit: { size: '1', rounding: 'up', per: 'period' },
        price: { model: 'volume', tiers: tiers() },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'packets',
        name: named('Packets'),
        meter: 'packet.count',
        unit: { size: '1', rounding: 'exact', per: 'period' },
        price: { model: 'doubleFlat', floor: '1029', unitPrice: '0.084', ceiling: '4410' },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'data',
        name: named('Data'),
        meter: 'data.kilobytes',
        unit: { size: '1000000', rounding: 'up', per: 'period' },
        price: { model: 'graduated', tiers: tiers() },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'abroad',
        name: named('Calls abroad'),
        meter: 'voice.seconds',
        unit: { size: '60', rounding: 'up', per: 'event' },
        price: {
          model: 'matrix',
          hit: 'unique',
          columns: [
            { fact: 'usage.number', match: 'prefix' },
            { fact: 'usage.hour', match: 'range' },
          ],
          rows: [
            { id: 'night', when: ['0081', { from: '0', to: '8' }], unitPrice: '20' },
            { id: 'day', when: [null, null], unitPrice: '40' },
          ],
        },
        taxCategory: 'standard',
      },
      {
        type: 'quantity',
        id: 'licences',
        name: named('Licences'),
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '10', price: '1000' },
            { upTo: null, price: '1800' },
          ],
        },
        proration: { start: 'byDay', end: 'full', change: 'byDay' },
        taxCategory: 'standard',
      },
      {
        type: 'statutory',
        id: 'universal',
        name: named('Universal service'),
        fee: 'universal',
        taxCategory: 'standard',
      },
      {
        type: 'passThrough',
        id: 'partner',
        name: named('Partner'),
        meter: 'partner.amount',
        where: { all: [{ fact: 'usage.band', operator: 'isPresent', value: true }] },
        taxCategory: 'standard',
      },
    ],
    allowances: [
      {
        id: 'free-calls',
        name: named('Free calls'),
        meter: 'voice.seconds',
        where: { all: [{ fact: 'usage.destination', operator: 'equal', value: 'domestic' }] },
        amount: '1800',
        granted: 'monthly',
        sharedBy: 'product',
        partMonth: 'whole',
      },
    ],
    bounds: [{ id: 'all', name: named('All'), charges: ['calls'], cap: '9000', taxCategory: 'standard' }],
  },
};

const offering: OfferingRuleset = {
  kind: 'offering',
  id: 'voice-basic',
  ...envelope,
  body: {
    service: 'mobile',
    ratePlan: 'voice',
    term: 'two-years',
    furtherTerms: ['two-years'],
    requires: ['phone'],
    excludes: ['phone'],
    eligibility: { all: [{ fact: 'customer.type', operator: 'equal', value: 'individual' }] },
    sales: { from: '2026-04-01', to: '2030-04-01' },
  },
};

const phone: OfferingRuleset = {
  kind: 'offering',
  id: 'phone',
  ...envelope,
  body: { service: 'device', ratePlan: 'voice', sales: { from: '2026-04-01', to: null } },
};

const term: TermRuleset = {
  kind: 'term',
  id: 'two-years',
  ...envelope,
  body: { months: 24, renewal: 'sameTerm', graceMonths: 2, penalty: 'one-month' },
};

const penalty: PenaltyRuleset = {
  kind: 'penalty',
  id: 'one-month',
  ...envelope,
  body: {
    fee: { model: 'oneMonthsCharge', charges: ['base'] },
    waivedWhen: { any: [{ fact: 'product.endReason', operator: 'equal', value: 'death' }] },
    taxCategory: 'outOfScope',
  },
};

const statutoryFee: StatutoryFeeRuleset = {
  kind: 'statutoryFee',
  id: 'universal',
  ...envelope,
  body: {
    rates: [
      { from: '2026-04', to: '2026-10', amount: '2' },
      { from: '2026-10', to: null, amount: '3' },
    ],
    onLastMonth: 'charge',
  },
};

const campaign: CampaignRuleset = {
  kind: 'campaign',
  id: 'half-price',
  ...envelope,
  body: {
    triggers: ['new', 'simultaneous'],
    window: { from: '2026-12-01', to: '2027-03-01' },
    eligibility: {
      all: [{ fact: 'product.appliedOn', operator: 'dateBetween', value: ['2026-12-01', '2027-03-01'] }],
    },
    duration: { months: 2, countedFrom: 'start' },
    discounts: [
      {
        id: 'half',
        name: named('Half'),
        effect: { op: 'percentOff', percent: '50' },
        target: { charges: ['base'], services: ['mobile'], offerings: ['voice-basic'] },
      },
    ],
  },
};

const tenureDiscount: TenureDiscountRuleset = {
  kind: 'tenureDiscount',
  id: 'loyalty',
  ...envelope,
  body: {
    countedFrom: 'startDay',
    judgedOn: 'periodStart',
    target: { charges: ['base'] },
    steps: [
      { fromYear: 2, effect: { op: 'percentOff', percent: '5' } },
      { fromYear: 4, effect: { op: 'percentOff', percent: '10' } },
    ],
  },
};

const bundleDiscount: BundleDiscountRuleset = {
  kind: 'bundleDiscount',
  id: 'set',
  ...envelope,
  body: {
    requires: { services: ['mobile', 'device'], offerings: ['phone'] },
    onBreak: 'endOfPeriod',
    allIn: { id: 'all-in', name: named('All in'), price: '6000', charges: ['base'], alsoApply: ['half', 'loyalty'] },
    discounts: [
      { id: 'off', name: named('Off'), effect: { op: 'amountOff', amount: '550' }, target: { charges: ['base'] } },
    ],
  },
};

const tax: TaxRuleset = {
  kind: 'tax',
  id: 'consumption',
  ...envelope,
  body: {
    rounding: 'down',
    dateOfSupply: 'lastDay',
    reliefs: [
      {
        category: 'standard',
        rate: '0.08',
        servedSinceBefore: '2019-10-01',
        fixedFrom: '2019-10-01',
        fixedTo: '2019-11-01',
        services: ['mobile'],
        charges: 'usage',
      },
    ],
    rates: [
      { category: 'standard', from: '2014-04-01', to: '2019-10-01', rate: '0.08' },
      { category: 'standard', from: '2019-10-01', to: null, rate: '0.10' },
      { category: 'reduced', from: '2019-10-01', to: null, rate: '0.08' },
    ],
  },
};

const rounding: RoundingRuleset = {
  kind: 'rounding',
  id: 'down',
  ...envelope,
  body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
};

const billingCycle: BillingCycleRuleset = {
  kind: 'billingCycle',
  id: 'month-end',
  ...envelope,
  body: {
    currency: 'JPY',
    closingDay: 31,
    tax: 'consumption',
    rounding: 'down',
    invoiceTemplate: 'invoice',
    due: { monthsAfter: 1, day: 27 },
    discountOrder: ['tenureDiscount', 'bundleDiscount', 'campaign'],
    bounds: { minimum: '100', cap: '50000', taxCategory: 'standard' },
  },
};

const invoiceTemplate: InvoiceTemplateRuleset = {
  kind: 'invoiceTemplate',
  id: 'invoice',
  ...envelope,
  body: { template: 'invoice', title: named('Invoice'), message: named('Thank you.') },
};

const fileFormat: FileFormatRuleset = {
  kind: 'fileFormat',
  id: 'calls',
  ...envelope,
  body: {
    encoding: 'utf-8',
    delimiter: ',',
    subscriber: 'number',
    key: ['number', 'at'],
    records: [
      {
        meter: 'voice.seconds',
        when: { column: 'type', equals: 'call' },
        quantity: { column: 'seconds' },
        startedAt: { column: 'at', pattern: 'YYYY-MM-DD HH:mm:ss' },
        attributes: { destination: { text: 'domestic' }, band: { column: 'band' } },
      },
      ...['message.count', 'packet.count', 'data.kilobytes', 'partner.amount'].map((meter) => ({
        meter,
        when: { column: 'type', equals: meter },
        quantity: { column: 'quantity' },
        startedAt: { column: 'at', pattern: 'YYYY-MM-DD HH:mm:ss' as const },
      })),
    ],
  },
};

/** Every limit that law has set, over before anything here is sold: no test is told of them that does not ask. */
const past = {
  law: named('Law'),
  source: 'Gazette',
  from: '2019-10-01',
  to: '2020-10-01',
  severity: 'error',
} as const;
const complianceProfile: ComplianceProfileRuleset = {
  kind: 'complianceProfile',
  id: 'telecom',
  ...envelope,
  body: {
    customers: 'consumers',
    services: ['mobile'],
    offerings: ['voice-basic'],
    rules: [
      { rule: 'term', months: 24, ...past },
      { rule: 'penalty', amount: '1000', ...past },
      { rule: 'priceGap', monthly: '170', alternativeAbove: 12, ...past },
      { rule: 'tenureBenefit', months: '1', ...past },
      { rule: 'signUpDiscount', total: '20000', months: 6, ...past },
      { rule: 'deviceDiscount', services: ['device'], percent: '50', least: '20000', most: '40000', ...past },
      { rule: 'exitCharge', ...past },
      { rule: 'withdrawal', reason: 'withdrawal', limits: [{ charges: ['setup'], amount: '3300' }], ...past },
      { rule: 'lateCharge', annualPercent: '14.6', ...past },
    ],
  },
};

const all = {
  ratePlan,
  offering,
  phone,
  term,
  penalty,
  statutoryFee,
  campaign,
  tenureDiscount,
  bundleDiscount,
  tax,
  rounding,
  billingCycle,
  invoiceTemplate,
  fileFormat,
  complianceProfile,
};

export type SoundSet = typeof all;

/** A fresh copy that may be changed at will. */
export function soundSet(): SoundSet {
  return JSON.parse(JSON.stringify(all)) as SoundSet;
}

/** The set with something done to it, as documents to be checked. */
export function bent(bend: (set: SoundSet) => void, ...more: readonly Ruleset[]): { document: unknown }[] {
  const set = soundSet();
  bend(set);
  return [...Object.values(set), ...more].map((document) => ({ document }));
}
