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
  RoundingRuleset,
  Ruleset,
  StatutoryFeeRuleset,
  TaxRuleset,
  TenureDiscountRuleset,
  TermRuleset,
} from '#schemas/generated/types.ts';
import { envelope, named, ratePlan } from './sound-plan.ts';

const offering: OfferingRuleset = {
  kind: 'offering',
  id: 'voice-basic',
  ...envelope,
  body: {
    service: 'mobile',
    ratePlan: 'voice',
    term: 'two-years',
    furtherTerms: ['one-year'],
    requires: ['phone'],
    excludes: ['tablet'],
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

const tablet: OfferingRuleset = { ...phone, id: 'tablet' };

const oneYear: TermRuleset = {
  kind: 'term',
  id: 'one-year',
  ...envelope,
  body: { months: 12, renewal: 'none', graceMonths: 0 },
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
    allIn: { id: 'all-in', name: named('All in'), price: '6000', charges: ['base'] },
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
  tablet,
  term,
  oneYear,
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
