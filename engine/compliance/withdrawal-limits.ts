/**
 * Is anything asked of one who withdraws in the first days that law does not allow?
 * Also called: R8, cooling-off, initial-contract cancellation, 初期契約解除、8 日以内の解約.
 */
import type { Condition, Product, Ruleset, WithdrawalLimit } from '#schemas/generated/types.ts';
import { certainty } from '#engine/conditions/certainty.ts';
import { documentDay, lastDayFrom } from '#engine/facts/document-day.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, toText } from '#engine/money/exact.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { withoutTax } from './monthly-charge.ts';
import { daysOf, shared, watchedOfferings, type Look } from './watched.ts';

/** Whether the product was left within the days; `received` and `lastDay` are 'none' where the reason alone decides. */
export interface Withdrawal {
  readonly in: 'time' | 'late';
  readonly received: string;
  readonly lastDay: string;
}

/**
 * How a product that ends was withdrawn from, or undefined when it was not. The notice counts as sent on the last day of service.
 * Received on 1 April, eight days: who leaves with the 8th withdraws in time, who leaves with the 9th does not.
 */
export function withdrawalOf(product: Product, { reason, days }: WithdrawalLimit): Withdrawal | undefined {
  if (product.endReason !== reason) return undefined;
  const { documentReceivedOn: received } = product;
  const day = documentDay(product);
  if (received === undefined || day === null || days === undefined)
    return { in: 'time', received: 'none', lastDay: 'none' };
  return { in: Number(day) <= days ? 'time' : 'late', received, lastDay: lastDayFrom(received, days) };
}

/** Penalties are waived for the reason, on each of the days and where the day is not known; charges for construction and handling are no higher than what may be asked. */
export function lookAtWithdrawal(ruleset: Ruleset, look: Look<WithdrawalLimit>): void {
  if (ruleset.kind === 'ratePlan') lookAtCharges(ruleset, look);
  if (ruleset.kind !== 'penalty') return;
  const { waivedWhen } = ruleset.body;
  if (waivedWhen !== undefined && daysOfWithdrawal(look.rule).every((day) => isWaivedOn(waivedWhen, look.rule, day)))
    return;
  const terms = look.known.ofKind('term').filter(({ body }) => body.penalty === ruleset.id);
  const watched = watchedOfferings(look).find(({ offering, days }) =>
    terms.some(
      (term) =>
        termIdsOf(offering).includes(term.id) &&
        shared(shared(daysOf(ruleset, look.known), daysOf(term, look.known)), days) !== undefined,
    ),
  );
  if (watched === undefined) return;
  look.report('law-withdrawal-penalty', '/body/waivedWhen', {
    offering: watched.offering.id,
    reason: look.rule.reason,
  });
}

/** Null stands for a day that is not on record. */
const daysOfWithdrawal = ({ days = 0 }: WithdrawalLimit): readonly (string | null)[] => [
  null,
  ...Array.from({ length: days }, (_, index) => String(index + 1)),
];

function isWaivedOn(waivedWhen: Condition, { reason, days }: WithdrawalLimit, day: string | null): boolean {
  const known = new Map<string, string | null>([['product.endReason', reason]]);
  if (days !== undefined) known.set('product.documentDay', day);
  return certainty(waivedWhen, known) === true;
}

function lookAtCharges(
  plan: Extract<Ruleset, { kind: 'ratePlan' }>,
  { rule, known, ...look }: Look<WithdrawalLimit>,
): void {
  const days = watchedOfferings({ rule, known, ...look })
    .filter(({ offering }) => offering.body.ratePlan === plan.id)
    .map((watched) => shared(daysOf(plan, known), watched.days))
    .find((both) => both !== undefined);
  if (days === undefined) return;
  plan.body.charges.forEach((charge, index) => {
    if (charge.type !== 'oneTime') return;
    const limit = rule.limits.find(({ charges }) => charges.includes(charge.id));
    const price = withoutTax(charge.price, charge, known, days.from);
    if (limit === undefined || compare(price, exact(limit.amount)) <= 0) return;
    const values = { charge: charge.id, price: toText(price), limit: limit.amount };
    look.report('law-withdrawal-charge', below('/body/charges', index, 'price'), values);
  });
}
