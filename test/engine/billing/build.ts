/** Small rulesets and account documents for tests, in the words of the business. */
import type {
  AccountDocument,
  BillingCycleRuleset,
  Bill,
  Charge,
  OfferingRuleset,
  Product,
  RatePlanRuleset,
  RecurringCharge,
  Ruleset,
  UsageCharge,
} from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';

const named = { ja: '試し', en: 'Trial' };
const always = { from: '2000-01-01', to: null };
const envelope = { version: 1, name: named, effective: always, reason: 'For a test.' };

export const monthly = (price: string, more: Partial<RecurringCharge> = {}): RecurringCharge => ({
  type: 'recurring',
  id: 'base',
  name: named,
  price,
  taxCategory: 'standard',
  proration: { start: 'byDay', end: 'full', change: 'byDay' },
  ...more,
});

export const usage = (more: Partial<UsageCharge> = {}): UsageCharge => ({
  type: 'usage',
  id: 'call',
  name: named,
  meter: 'voice.seconds',
  unit: { size: '30', rounding: 'up', per: 'event' },
  price: { model: 'perUnit', unitPrice: '20' },
  taxCategory: 'standard',
  ...more,
});

export const plan = (charges: Charge[], more: Partial<RatePlanRuleset> = {}): RatePlanRuleset => ({
  ...envelope,
  kind: 'ratePlan',
  id: 'plan',
  body: { charges },
  ...more,
});

export const offering = (more: Partial<OfferingRuleset['body']> = {}, id = 'plan'): OfferingRuleset => ({
  ...envelope,
  kind: 'offering',
  id,
  body: { service: 'mobile', ratePlan: id, sales: always, ...more },
});

export const cycle = (more: Partial<BillingCycleRuleset['body']> = {}): BillingCycleRuleset => ({
  ...envelope,
  kind: 'billingCycle',
  id: 'month-end',
  body: { currency: 'JPY', closingDay: 31, tax: 'tax', rounding: 'yen', due: { monthsAfter: 1, day: 27 }, ...more },
});

export const tax = (rate = '0.10'): Ruleset => ({
  ...envelope,
  kind: 'tax',
  id: 'tax',
  body: {
    rounding: 'down',
    dateOfSupply: 'lastDay',
    rates: [{ category: 'standard', from: '2000-01-01', to: null, rate }],
  },
});

export const yenDown: Ruleset = {
  ...envelope,
  kind: 'rounding',
  id: 'yen',
  body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
};

export const product = (more: Partial<Product> = {}): Product => ({
  id: 'P-1',
  account: 'A-1',
  offering: 'plan',
  event: 'new',
  appliedOn: '2026-01-01',
  startsOn: '2026-01-01',
  endsOn: null,
  ...more,
});

export const account = (month: string, products: Product[], more: Partial<AccountDocument> = {}): AccountDocument => ({
  customer: { id: 'C-1', type: 'individual' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products,
  periods: { first: month, last: month },
  ...more,
});

/** The first bill of `document` under `rulesets`, with cycle, tax and rounding added where they are not given. */
export function billFor(document: AccountDocument, rulesets: readonly Ruleset[]): Bill {
  const [first] = bill(document, releaseOf(rulesets)).bills;
  if (first === undefined) throw new Error('no bill');
  return first;
}

export function releaseOf(rulesets: readonly Ruleset[]): ReturnType<typeof prepareRelease> {
  const usual = [cycle(), tax(), yenDown].filter((one) => !rulesets.some((given) => given.kind === one.kind));
  return prepareRelease([...rulesets, ...usual]);
}

/** The lines of a bill as `[charge, amount]`. */
export const linesOf = (of: Bill): [string, string][] => of.lines.map((line) => [line.charge, line.amount]);

/** The diagnostic with which `document` is refused. */
export function problemOf(document: AccountDocument, rulesets: readonly Ruleset[]): { code: string; path: string } {
  try {
    bill(document, releaseOf(rulesets));
  } catch (problem) {
    if (problem instanceof BillingProblem) return { code: problem.diagnostic.code, path: problem.diagnostic.path };
    throw problem;
  }
  throw new Error('the document was billed');
}
