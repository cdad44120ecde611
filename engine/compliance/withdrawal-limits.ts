/**
 * Is anything asked of one who withdraws in the first days that law does not allow?
 * Also called: R8, cooling-off, initial-contract cancellation, 初期契約解除、8 日以内の解約.
 */
import type { Ruleset, WithdrawalLimit } from '#schemas/generated/types.ts';
import { certainty } from '#engine/conditions/certainty.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, toText } from '#engine/money/exact.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { withoutTax } from './monthly-charge.ts';
import { daysOf, shared, watchedOfferings, type Look } from './watched.ts';

/** Penalties are waived for the reason; charges for construction and handling are no higher than what may be asked. */
export function lookAtWithdrawal(ruleset: Ruleset, look: Look<WithdrawalLimit>): void {
  if (ruleset.kind === 'ratePlan') lookAtCharges(ruleset, look);
  if (ruleset.kind !== 'penalty') return;
  const { waivedWhen } = ruleset.body;
  const known = new Map([['product.endReason', look.rule.reason]]);
  if (waivedWhen !== undefined && certainty(waivedWhen, known) === true) return;
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
