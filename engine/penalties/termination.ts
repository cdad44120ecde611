/**
 * What is charged because a product ends? Never discounted, never bounded. Also called: 解約時の請求, 違約金の計上.
 */
import type { CivilDate, PenaltyRuleset, TermRuleset } from '#schemas/generated/types.ts';
import { assertLawfulExit } from '#engine/compliance/lawful-exit.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { holds } from '#engine/conditions/holds.ts';
import { ONE } from '#engine/money/exact.ts';
import {
  addLine,
  identityOf,
  roundAmount,
  type BillDraft,
  type Part,
  type ProductInPeriod,
} from '#engine/billing/draft.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { earlyTerminationPenalty } from './early-termination.ts';
import { oneMonthsCharge } from './one-months-charge.ts';
import { clawBack } from './claw-back.ts';
import { heldUnderTermSince, termStatus } from './term-status.ts';

/** Phase 7: the penalty of each product whose last day of service lies in the period. */
export function terminationCharges(draft: BillDraft): void {
  for (const product of draft.products) {
    const { endsOn } = product.product;
    const part = product.parts.at(-1);
    if (endsOn === null || part === undefined || !contains(draft.period, addDays(endsOn, -1))) continue;
    for (const term of termsOf(draft, product, part)) terminate(draft, product, part, term, endsOn);
  }
  clawBack(draft);
  for (const product of draft.products) {
    const part = product.parts.at(-1);
    if (part !== undefined && product.product.endsOn !== null) assertLawfulExit(draft, product, part);
  }
}

/** The terms are those in force on the day of application: later versions do not change a contract already made. */
export function termsOf(draft: BillDraft, { product }: ProductInPeriod, part: Part): readonly TermRuleset[] {
  return termIdsOf(part.offering).map((id) => {
    const term = draft.group.release.inForce('term', id, product.appliedOn);
    if (term !== undefined) return term;
    const values = { product: product.id, term: id, on: product.appliedOn };
    throw new BillingProblem('term-not-in-force', `/products/${product.id}`, values);
  });
}

function terminate(draft: BillDraft, product: ProductInPeriod, part: Part, term: TermRuleset, endsOn: CivilDate): void {
  const id = product.product.id;
  const startedOn = termStartedOn(draft, product, term.id);
  const status = termStatus(term.body, startedOn, endsOn);
  if (status.in !== 'term') {
    draft.trace.note(`trace.penalty.${status.in}`, { product: id, lastDay: addDays(status.termEnd, -1) });
    return;
  }
  const rule = penaltyOf(draft, product, term);
  if (rule === undefined) return;
  const { waivedWhen } = rule.body;
  if (waivedWhen !== undefined && holds(waivedWhen, factsOfPart(draft, product.product, part, addDays(endsOn, -1)))) {
    draft.trace.note('trace.penalty.waived', { product: id, reason: product.product.endReason ?? '' });
    return;
  }
  const penalty = earlyTerminationPenalty(rule.body, {
    termStart: status.termStart,
    termEnd: status.termEnd,
    endsOn,
    oneMonthsCharge: (charges) => oneMonthsCharge(draft, id, part, charges),
  });
  const lastDay = addDays(endsOn, -1);
  const line = addLine(draft, {
    product: id,
    charge: rule.id,
    name: rule.name,
    phase: 'terminationCharges',
    ruleset: identityOf(rule),
    row: penalty.row,
    target: null,
    servicePeriod: { start: lastDay, end: endsOn },
    quantity: ONE,
    unitPrice: penalty.amount,
    base: penalty.amount,
    exact: penalty.amount,
    amount: roundAmount(draft, penalty.amount, draft.rounding.body.line),
    taxCategory: rule.body.taxCategory,
    taxIncluded: false,
    why: penalty.why,
  });
  draft.trace.line(line.id, line.why);
}

function penaltyOf(draft: BillDraft, { product }: ProductInPeriod, term: TermRuleset): PenaltyRuleset | undefined {
  const id = term.body.penalty;
  if (id === undefined) return undefined;
  const rule = draft.group.release.inForce('penalty', id, product.appliedOn);
  if (rule === undefined)
    throw new BillingProblem('penalty-not-in-force', `/products/${product.id}`, {
      product: product.id,
      penalty: id,
      on: product.appliedOn,
    });
  return rule;
}

/** The day from which the product has been held under the term without interruption. */
export const termStartedOn = (draft: BillDraft, { product, timeline }: ProductInPeriod, term: string): CivilDate =>
  heldUnderTermSince(draft.group.release, product, timeline, term);
