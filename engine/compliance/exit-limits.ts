/**
 * Does leaving early cost more than law allows? Also called: R2, R7, 違約金の上限、解約時に請求できる額、工事費残債の逓減.
 * Of a fee that changes with time the highest amount counts.
 */
import type {
  ExitChargeLimit,
  PenaltyBody,
  PenaltyLimit,
  PenaltyRuleset,
  Ruleset,
  TermRuleset,
} from '#schemas/generated/types.ts';
import { compare, exact, fromInteger, greatest, least, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { monthlyCharge, monthlyChargesOf } from './monthly-charge.ts';
import { daysOf, plansOf, shared, watchedOfferings, type Look } from './watched.ts';

/** At most the lower of the amount and one month's charge: min(1,000, 2,700) is 1,000. */
export function lookAtPenalty(ruleset: Ruleset, look: Look<PenaltyLimit>): void {
  lookAtFee(ruleset, look, (month) => least(month, exact(look.rule.amount)));
}

/** At most one month's charge; and what is left of a sum paid off month by month is nothing when the term is over. */
export function lookAtExitCharge(ruleset: Ruleset, look: Look<ExitChargeLimit>): void {
  lookAtFee(ruleset, look, (month) => month);
  if (ruleset.kind !== 'penalty' || ruleset.body.fee.model !== 'remainder') return;
  const { parts } = ruleset.body.fee;
  const { known, report } = look;
  for (const term of termsWith(ruleset, look)) {
    if (parts <= term.body.months) continue;
    const isMade = watchedOfferings(look).some(
      ({ offering, days }) => termIdsOf(offering).includes(term.id) && shared(daysOf(term, known), days) !== undefined,
    );
    if (isMade)
      return report('law-remainder-too-slow', '/body/fee/parts', { parts: `${parts}`, months: `${term.body.months}` });
  }
}

function lookAtFee(ruleset: Ruleset, look: Look, limitOf: (month: Exact) => Exact): void {
  if (ruleset.kind !== 'penalty' || ruleset.body.fee.model === 'remainder') return;
  const { known, report } = look;
  for (const term of termsWith(ruleset, look)) {
    const both = shared(daysOf(term, known), daysOf(ruleset, known));
    for (const watched of watchedOfferings(look)) {
      const days = termIdsOf(watched.offering).includes(term.id) ? shared(both, watched.days) : undefined;
      if (days === undefined) continue;
      for (const { plan, days: made } of plansOf({ ...watched, days }, known)) {
        const named = (charges?: readonly string[]): Exact =>
          monthlyCharge(monthlyChargesOf(plan, charges), known, made.from);
        const amount = highest(ruleset.body, term.body.months, named);
        const limit = limitOf(named());
        if (compare(amount, limit) <= 0) continue;
        const values = { offering: watched.offering.id, amount: toText(amount), limit: toText(limit) };
        return report('law-penalty-too-high', '/body/fee', values);
      }
    }
  }
}

/** The versions of terms that ask for the penalty. */
const termsWith = ({ id }: PenaltyRuleset, { known }: Look): readonly TermRuleset[] =>
  known.ofKind('term').filter(({ body }) => body.penalty === id);

/** The most that the rule may come to within the term. */
function highest({ fee, cap }: PenaltyBody, months: number, charges: (named: readonly string[]) => Exact): Exact {
  const amount = ((): Exact => {
    switch (fee.model) {
      case 'fixed':
        return exact(fee.amount);
      case 'oneMonthsCharge':
        return charges(fee.charges);
      case 'perRemainingMonth':
        return times(exact(fee.amount), fromInteger(months));
      case 'repayDiscount':
        return times(exact(fee.monthlyDiscount), fromInteger(months));
      case 'table':
        return fee.rows.map((row) => exact(row.amount)).reduce(greatest, ZERO);
      case 'remainder':
        return exact(fee.total);
    }
  })();
  return cap === undefined ? amount : least(amount, exact(cap));
}
