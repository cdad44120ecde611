/**
 * Whose is the day on which the plan or the quantity changes within a period: the new one's, or the old one's?
 * Also called: day of a plan change, 変更日の扱い, 変更日当日は旧プラン.
 */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Part, ProductInPeriod } from '#engine/billing/draft.ts';
import type { MonthlyCharge } from './monthly-parts.ts';

/**
 * The parts of the product as the charge sees them: where the day is the old one's, the new one begins a day later. The charge
 * that is changed to says which, or the old one where the new plan has none of the same id. A change on the first day of a
 * period cuts nothing; a new version of a price, and a suspension, begin on the day they name.
 */
export function partsByDayOfChange(
  { parts }: ProductInPeriod,
  charge: MonthlyCharge,
  noteDay: (day: CivilDate) => void,
): readonly Part[] {
  if (parts.length < 2) return parts;
  const isMoved = parts.map((part, at) => at > 0 && isOldOnes(parts[at - 1]!, part, charge));
  if (!isMoved.includes(true)) return parts;
  return parts.flatMap((part, at) => {
    if (isMoved[at] === true) noteDay(part.period.start);
    const start = isMoved[at] === true ? addDays(part.period.start, 1) : part.period.start;
    const end = isMoved[at + 1] === true ? addDays(part.period.end, 1) : part.period.end;
    return start < end ? [{ ...part, period: { start, end } }] : [];
  });
}

function isOldOnes(before: Part, after: Part, charge: MonthlyCharge): boolean {
  if (before.period.end !== after.period.start || before.stretch === after.stretch) return false;
  const { offering, quantity, status } = before.stretch;
  const isSame = offering === after.stretch.offering && quantity === after.stretch.quantity;
  if (isSame || status !== after.stretch.status) return false;
  const { proration } = chargeIn(after.plan, charge.id) ?? charge;
  return proration.dayOfChange === 'old' && proration.change === 'byDay';
}

function chargeIn({ body }: RatePlanRuleset, id: string): MonthlyCharge | undefined {
  for (const charge of body.charges) {
    if (charge.id === id && (charge.type === 'recurring' || charge.type === 'quantity')) return charge;
  }
  return undefined;
}
