/**
 * When is the part of a month in which charging begins billed? In its own period, or together with the next month.
 * Also called: first bill, 初月分と翌月分の合算請求、初回請求.
 */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains, type Period } from '#engine/calendar/period.ts';
import { calendarOf } from '#engine/billing/account-calendar.ts';
import { chargedFrom } from '#engine/proration/proration.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { partsIn, productIn, ruledFrom } from '#engine/billing/versions-in-force.ts';
import type { MonthlyCharge } from './monthly-parts.ts';

/** Whether the period is the first that costs anything, and what it costs is billed with the next one. */
export function waitsForNext({ product }: ProductInPeriod, period: Period, { proration }: MonthlyCharge): boolean {
  if (proration.firstBill !== 'withNext' || !contains(period, chargedFrom(product, proration))) return false;
  // Who has left by then has no next bill.
  return product.endsOn === null || product.endsOn > period.end;
}

/** The period before this one, and the product as it was in it, where something of it may wait for this bill. */
export function periodBefore(
  draft: BillDraft,
  { product, timeline, parts }: ProductInPeriod,
): { readonly draft: BillDraft; readonly product: ProductInPeriod } | null {
  const { group, account, period, month } = draft;
  if (!someWait(group.release) || parts.length === 0 || product.startsOn >= period.start) return null;
  const { period: before, sections, closing } = calendarOf(group, account, monthsLater(month, -1));
  if (product.startsOn < addDays(before.start, -MOST_FREE_DAYS)) return null;
  const ruled = ruledFrom(group, timeline);
  if (ruled >= before.end) return null;
  const held = partsIn(group, product.id, timeline, { ...before, start: later(before.start, ruled) }, closing);
  const earlier = { ...draft, period: before, base: sections[0]!.of, sections, closing };
  return { draft: earlier, product: productIn(product, timeline, held, null) };
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

/** As the schema has it. */
const MOST_FREE_DAYS = 366;

/** Whether any plan has such a charge: most operators have none. */
const someWait = preparedOnce(({ rulesets }: Release): boolean =>
  rulesets.some((ruleset) => ruleset.kind === 'ratePlan' && hasWaiting(ruleset)),
);

const hasWaiting = ({ body }: RatePlanRuleset): boolean =>
  body.charges.some((charge) => 'proration' in charge && charge.proration.firstBill === 'withNext');
