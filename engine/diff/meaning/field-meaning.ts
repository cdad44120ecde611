/**
 * What is a change of one field about, and for whom is more of it better?
 * Also called: change classification, 項目ごとの意味, 値上げ・値下げの判定.
 */
import type { FieldAt } from '#engine/diff/field-at.ts';
import { compare, exact, minus, negated, toText } from '#engine/money/exact.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';
import type { About, Direction } from './finding.ts';

export interface FieldMeaning {
  readonly about: About;
  /** What more of it means for whoever is concerned. */
  readonly more?: 'dearer' | 'cheaper';
  /** The choices from the cheapest to the dearest; those in one list cost the same. */
  readonly choices?: readonly (readonly unknown[])[];
  /** What nothing means: an amount of zero, or no end. */
  readonly none?: 'zero' | 'endless';
  /** In the currency of the bill. */
  readonly isMoney?: true;
  readonly unit?: 'months';
}

const paid: FieldMeaning = { about: 'price', more: 'dearer', none: 'zero', isMoney: true };
const takenOff: FieldMeaning = { about: 'price', more: 'cheaper', none: 'zero', isMoney: true };
const free: FieldMeaning = { about: 'price', more: 'cheaper', none: 'zero' };
const upTo: FieldMeaning = { about: 'price', more: 'cheaper', none: 'endless' };
const asOften: FieldMeaning = { about: 'price' };
const bound: FieldMeaning = { about: 'price' };
const tax: FieldMeaning = { about: 'tax' };
const rounding: FieldMeaning = { about: 'rounding' };
const part: FieldMeaning = { about: 'proration', choices: [['free'], ['byDay'], ['full']] };
const pause: FieldMeaning = { about: 'proration', choices: [['free', 'skip'], ['fee'], ['charge']] };
const edge: FieldMeaning = { about: 'proration', choices: [['notCounted'], ['counted']] };
const stacking: FieldMeaning = { about: 'stacking' };
const billing: FieldMeaning = { about: 'billing' };
const terms: FieldMeaning = { about: 'terms' };

/** By definition and field, else by field alone. */
const meanings: Readonly<Record<string, FieldMeaning>> = {
  price: paid,
  unitPrice: paid,
  connectFee: paid,
  total: paid,
  floor: paid,
  ceiling: paid,
  minimum: paid,
  cap: { ...paid, none: 'endless' },
  markupPercent: { about: 'price', more: 'dearer', none: 'zero' },
  annualPercent: { about: 'price', more: 'dearer', none: 'zero' },
  amount: paid,
  monthlyDiscount: paid,
  'AmountOff.amount': takenOff,
  'PercentOff.percent': free,
  freePerEvent: free,
  'Allowance.amount': free,
  'Allowance.increment': asOften,
  'Allowance.sharedBy': asOften,
  'Allowance.granted': asOften,
  validMonths: { ...upTo, unit: 'months' },
  rollover: { about: 'price', more: 'cheaper' },
  maximum: upTo,
  'CampaignDuration.months': { ...upTo, unit: 'months' },
  'CampaignDuration.countedFrom': { about: 'price' },
  graceMonths: { ...free, unit: 'months' },
  clawback: { about: 'price', more: 'dearer' },
  withinMonths: { about: 'price', more: 'dearer', unit: 'months' },
  recover: { about: 'price', choices: [['proportion'], ['all']] },
  lateInterest: { about: 'price', more: 'dearer' },
  perUnit: asOften,
  times: { about: 'price', more: 'dearer', none: 'endless' },
  parts: asOften,
  every: asOften,
  anchor: { about: 'dates' },
  timing: billing,
  first: { about: 'price', choices: [['afterOneInterval'], ['atStart'], ['partUpToAnchor']] },
  aggregate: asOften,
  size: asOften,
  'UsageUnit.rounding': { about: 'price', choices: [['exact'], ['up']] },
  'UsageUnit.per': { about: 'price', choices: [['period'], ['event']] },
  eachUse: { about: 'price' },
  'EachUse.maximum': { ...paid, none: 'endless' },
  freeUses: { about: 'price' },
  freeAmount: { about: 'price' },
  meter: { about: 'eligibility' },
  on: asOften,
  fee: { about: 'price' },
  bounds: bound,
  prorated: { about: 'proration' },
  taxCategory: { about: 'tax', choices: [['exempt', 'zeroRated', 'outOfScope'], ['reduced'], ['standard']] },
  taxIncluded: { about: 'tax', choices: [[true], [false]] },
  rates: tax,
  reliefs: tax,
  regime: tax,
  dateOfSupply: tax,
  smallCredits: tax,
  'BillingCycleBody.tax': tax,
  rounding,
  'BillingCycleBody.rounding': rounding,
  'TaxBody.rounding': rounding,
  lineRounding: rounding,
  mode: rounding,
  step: rounding,
  'DiscountRounding.on': rounding,
  residue: rounding,
  start: part,
  end: part,
  change: { about: 'proration' },
  move: { about: 'proration' },
  dayOfChange: { about: 'proration' },
  dayCount: { about: 'proration' },
  arithmetic: { about: 'proration' },
  dailyRounding: rounding,
  freeDays: { about: 'proration', more: 'cheaper', none: 'zero' },
  firstBill: billing,
  firstDay: edge,
  lastDay: edge,
  proration: { about: 'proration' },
  partMonth: { about: 'proration', choices: [['byDay'], ['whole']] },
  whileSuspended: pause,
  suspensionFee: { about: 'proration' },
  longestSuspensionMonths: { about: 'proration', more: 'cheaper', none: 'endless', unit: 'months' },
  onLastMonth: { about: 'proration', choices: [['free'], ['charge']] },
  onChange: { about: 'proration' },
  'CyclicCharge.onEnd': { about: 'proration', choices: [['byDay'], ['full']] },
  'InstalmentCharge.onEnd': billing,
  'BundleDiscountBody.whileSuspended': { about: 'price', choices: [['kept'], ['broken']] },
  onBreak: { about: 'price', choices: [['endOfPeriod'], ['immediately']] },
  base: stacking,
  priority: stacking,
  stacking,
  group: stacking,
  policy: stacking,
  discountOrder: stacking,
  alsoApply: stacking,
  allIn: { about: 'price' },
  judgedOn: stacking,
  'TenureDiscountBody.judgedOn': { about: 'dates' },
  'TenureDiscountBody.countedFrom': { about: 'dates' },
  grant: { about: 'eligibility' },
  limits: { about: 'eligibility' },
  inAll: { about: 'eligibility', none: 'endless' },
  perCustomer: { about: 'eligibility', none: 'endless' },
  budget: { about: 'eligibility', none: 'endless' },
  'GrantBudget.amount': { about: 'eligibility', isMoney: true },
  perGrant: { about: 'eligibility', isMoney: true },
  coupon: { about: 'eligibility' },
  use: { about: 'eligibility' },
  'SharedCoupon.code': { about: 'eligibility' },
  duration: { about: 'price' },
  existing: { about: 'existing' },
  monthsLater: { about: 'dates', unit: 'months' },
  closingDay: billing,
  closing: billing,
  due: billing,
  currency: billing,
  invoiceTemplate: billing,
  charges: { about: 'price', more: 'dearer' },
  discounts: { about: 'price', more: 'cheaper' },
  allowances: { about: 'price', more: 'cheaper' },
  ratePlan: { about: 'price' },
  service: { about: 'eligibility' },
  term: terms,
  furtherTerms: terms,
  withoutTerm: { about: 'law' },
  months: { ...terms, unit: 'months' },
  renewal: terms,
  penalty: terms,
  counted: terms,
};

/** What all that is left of a kind is about. */
const ofKind: Partial<Readonly<Record<RulesetKind, About>>> = {
  fileFormat: 'documents',
  invoiceTemplate: 'documents',
  complianceProfile: 'law',
  term: 'terms',
  billingCycle: 'billing',
  tax: 'tax',
  rounding: 'rounding',
};

const wholeKinds: readonly RulesetKind[] = ['fileFormat', 'invoiceTemplate', 'complianceProfile'];

/** Fields that nobody pays for. */
const names: readonly string[] = ['name', 'reason', '$schema', 'law', 'source'];

export function meaningOfField(kind: RulesetKind, { container, field, schema }: FieldAt): FieldMeaning {
  if (names.includes(field) || ((field === 'ja' || field === 'en') && kind !== 'invoiceTemplate'))
    return { about: 'cosmetic' };
  if (wholeKinds.includes(kind)) return { about: ofKind[kind] ?? 'documents' };
  const own = meanings[`${container}.${field}`] ?? meanings[field];
  return own ?? { about: schema.definedAs === 'OpenPeriod' ? 'dates' : (ofKind[kind] ?? 'price') };
}

/** Whether a figure is an amount in the currency of the bill. */
export const isMoneyIn = (container: string, field: string): boolean =>
  (meanings[`${container}.${field}`] ?? meanings[field])?.isMoney === true;

/** Which way a change of the field goes; undefined where that says nothing. */
export function directionOf(meaning: FieldMeaning, before: unknown, after: unknown): Direction | undefined {
  const { choices, more } = meaning;
  if (choices !== undefined) {
    const [was, is] = [before, after].map((value) => choices.findIndex((each) => each.includes(value)));
    if (was === undefined || is === undefined || was < 0 || is < 0) return undefined;
    return was === is ? undefined : was < is ? 'dearer' : 'cheaper';
  }
  const order = orderOf(meaning, before, after);
  if (order === undefined) return meaning.about === 'price' ? 'either' : undefined;
  if (order === 0 || more === undefined) return more === undefined && meaning.about === 'price' ? 'either' : undefined;
  return order > 0 === (more === 'dearer') ? 'dearer' : 'cheaper';
}

/** By how much a figure grew, where both are figures. */
export function growth(before: unknown, after: unknown): string | undefined {
  return isFigure(before) && isFigure(after) ? toText(minus(exact(String(after)), exact(String(before)))) : undefined;
}

/** The same without its sign. */
export const sizeOf = (growth: string): string => (growth.startsWith('-') ? toText(negated(exact(growth))) : growth);

/** 1 where there is more of it, -1 where there is less; undefined where the two cannot be held against each other. */
function orderOf({ none }: FieldMeaning, before: unknown, after: unknown): -1 | 0 | 1 | undefined {
  const [was, is] = [before, after].map((value) => (isFigure(value) ? exact(String(value)) : null));
  if (was && is) return compare(is, was);
  const absent = (value: unknown): boolean => value === undefined || value === null;
  if (was && absent(after)) return none === 'endless' ? 1 : -1;
  if (is && absent(before)) return none === 'endless' ? -1 : 1;
  if (absent(before) !== absent(after)) return absent(before) ? 1 : -1;
  return undefined;
}

const isFigure = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
