/**
 * What would the demo carrier's spring revision look like? Its rulesets, and those of a release that changes a little of everything.
 * Also called: price revision, 春の料金改定.
 */
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

export const carrier = rulesetsOf('kanade-mobile');

type Editable<Kind extends RulesetKind> = ReturnType<typeof structuredClone<Extract<Ruleset, { kind: Kind }>>>;

/** The next version of a shipped ruleset, with `edit` made to it. */
export function nextVersionOf<Kind extends RulesetKind>(
  kind: Kind,
  id: string,
  edit: (ruleset: Editable<Kind>) => void,
): Ruleset {
  const latest = carrier.findLast((ruleset) => ruleset.kind === kind && ruleset.id === id);
  if (latest === undefined) throw new Error(`${kind}/${id} is not shipped`);
  const next = structuredClone(latest) as Editable<Kind>;
  next.version = latest.version + 1;
  next.effective = { from: '2027-04-01', to: null };
  next.existing = { mode: 'nextCycle' };
  edit(next);
  return next;
}

/** Dearer basic fee and more data, a campaign for the young, other steps of tenure, a waiver, a price by the number of the option. */
export const nextSpring: readonly Ruleset[] = [
  ...carrier.filter(({ kind, id }) => `${kind}/${id}` !== 'offering/voicemail'),
  nextVersionOf('ratePlan', 'smartphone-m', ({ body }) => {
    for (const charge of body.charges) {
      if (charge.id === 'base' && charge.type === 'recurring') charge.price = '4400';
      if (charge.id === 'call' && charge.type === 'usage') charge.freePerEvent = '180';
      if (charge.id === 'data' && charge.type === 'usage' && charge.price.model === 'graduated')
        charge.price.tiers[0]!.upTo = '25';
      if (charge.id === 'international-call' && charge.type === 'usage') charge.taxCategory = 'standard';
    }
    body.charges.splice(1, 0, {
      type: 'recurring',
      id: 'care',
      name: { ja: '端末あんしん補償', en: 'Device care' },
      price: '550',
      taxCategory: 'standard',
      proration: { start: 'free', end: 'full', change: 'full' },
    });
  }),
  nextVersionOf('campaign', 'half-price-two-months', ({ body }) => {
    body.triggers = ['new', 'planChange'];
    body.window = { from: '2026-04-01', to: '2027-06-01' };
    body.eligibility = {
      all: [
        { fact: 'product.service', operator: 'equal', value: 'mobile' },
        { fact: 'customer.type', operator: 'equal', value: 'individual' },
        { fact: 'customer.age', operator: 'decimalLessThan', value: '30' },
      ],
    };
    body.duration.months = 3;
    body.stacking = { group: 'acquisition', policy: 'bestForCustomer' };
  }),
  nextVersionOf('tenureDiscount', 'mobile-tenure', ({ body }) => {
    body.steps = [
      { fromYear: 2, effect: { op: 'percentOff', percent: '5' } },
      { fromYear: 4, effect: { op: 'percentOff', percent: '10' } },
      { fromYear: 10, effect: { op: 'percentOff', percent: '20' } },
    ];
  }),
  nextVersionOf('penalty', 'two-year-cancellation', ({ body }) => {
    body.fee = { model: 'fixed', amount: '1000' };
    body.waivedWhen = {
      any: [{ fact: 'product.endReason', operator: 'in', value: ['death', 'moved-out-of-area', 'long-hospital-stay'] }],
    };
  }),
  nextVersionOf('billingCycle', 'month-end', ({ body }) => {
    body.discountOrder = ['campaign', 'tenureDiscount', 'bundleDiscount'];
    body.due = { monthsAfter: 2, day: 5 };
  }),
  nextVersionOf('offering', 'security-pack', ({ name }) => {
    name.ja = 'セキュリティパック・プラス';
  }),
];
