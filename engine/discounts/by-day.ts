/**
 * How much of an amount off a month is taken off for some of its days?
 * Also called: prorated discount, 割引の日割、月の途中からの割引.
 */
import type { Sentence } from '#schemas/generated/types.ts';
import { days, joinedDays, overlap, type Period } from '#engine/calendar/period.ts';
import { exact, type Exact } from '#engine/money/exact.ts';
import { ofMonths } from '#engine/proration/proration.ts';
import type { BillDraft } from '#engine/billing/draft.ts';
import type { Discountable } from './apply.ts';
import type { Granted } from './granted.ts';

interface OffByDay {
  readonly amount: Exact;
  /** So many days of a month of so many. */
  readonly days: number;
  readonly of: number;
}

/**
 * So much a month, for the days on which the discount stands and something it is meant for is charged: 500 a month for a
 * plan of 4,200 that begins on the 16th of a month of 30 days are 250. All of it of what stands for a whole month.
 */
export function offByDay(draft: BillDraft, granted: Granted, targets: readonly Discountable[]): OffByDay {
  const { effect } = granted.discount;
  const monthly = effect.op === 'amountOff' ? effect.amount : '0';
  const of = days(draft.base);
  const periods = targets.map(({ servicePeriod }) => servicePeriod ?? draft.base);
  if (targets.some(({ servicePeriod }) => servicePeriod === undefined)) return { amount: exact(monthly), days: of, of };
  const stands = standsIn(draft, granted);
  const served = joinedDays(periods.flatMap((period) => shared(stands, period)));
  const counted = served.reduce((sum, period) => sum + days(period), 0);
  return { amount: ofMonths(monthly, served, draft.sections), days: counted, of };
}

function shared(stands: Period | undefined, period: Period): readonly Period[] {
  const both = stands === undefined ? undefined : overlap(stands, period);
  return both === undefined ? [] : [both];
}

/** The days of the bill on which it stands. */
function standsIn({ period }: BillDraft, { stands }: Granted): Period | undefined {
  if (stands === undefined) return period;
  return overlap(period, { start: stands.from, end: stands.until ?? period.end });
}

/** The sentence of the discount, with the days. */
export function whyByDay(draft: BillDraft, granted: Granted, targets: readonly Discountable[]): Sentence {
  const { days: counted, of } = offByDay(draft, granted, targets);
  const { code, values } = granted.why;
  return { code: `${code}.byDay`, values: { ...values, days: String(counted), of: String(of) } };
}
