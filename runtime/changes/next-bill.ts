/**
 * What would a customer's next bill be computed from, if it were computed now?
 * The same rows and the same document as in a cycle, read at what is known at present; by the customer's own periods. Also called: preview, 試算, 次回請求.
 */
import { closingUntil } from '#engine/billing/account-calendar.ts';
import { groupOf } from '#engine/billing/bill.ts';
import type { Group } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { firstTakenOver } from '#engine/billing/taken-over.ts';
import { monthOfDate, nextMonth, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Chosen } from '#runtime/changes/chosen-customers.ts';
import { periodEndOf } from '#runtime/cycles/closing-of-group.ts';
import { documentOf } from '#runtime/cycles/document-of.ts';
import { readGroups, readUsage, type GroupRows, type UsageRow } from '#runtime/cycles/group-rows.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { hasOwnPeriods, monthShowing, monthShowingFor, type Begins } from '#runtime/changes/month-shown.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { AccountDocument, AccountFacts, Diagnostic, RatePlanRuleset } from '#schemas/generated/types.ts';

/** The document of a group up to the month that is asked for, or why there is none. */
export type NextBill = { readonly month: string } & (
  | { readonly document: AccountDocument; readonly problem?: never }
  | { readonly problem: Diagnostic | null; readonly document?: never }
);

/** From when a change can show. */
export type Showing = Begins & {
  /** A version of a plan under which each customer comes on a day of its own. */
  readonly oneByOne?: RatePlanRuleset;
};

/** Every fact that is known and has not been put right since. */
const PRESENT = '9223372036854775807';

/**
 * The documents for `groups`, in their order: up to the next month to be billed, or the first in which the change can show when that
 * is later.
 */
export async function nextBills(
  tx: SqlRunner,
  tenantId: number,
  groups: readonly Chosen[],
  release: Release,
  today: CivilDate,
  showing: Showing,
): Promise<NextBill[]> {
  const bills = new Map<string, NextBill>();
  const together = Map.groupBy(groups, ({ legalEntity, billingCycle }) => JSON.stringify([legalEntity, billingCycle]));
  for (const some of together.values()) {
    const frame = await nextFrame(tx, tenantId, some[0]!, release, today, showing);
    await readBills(tx, frame, some, bills);
    const ownMonths = Map.groupBy(some, ({ groupId }) => ownMonth(bills.get(groupId)!, frame, release, showing));
    for (const [month, of] of ownMonths) {
      if (month !== frame.month) await readBills(tx, frameOf(frame, month), of, bills);
    }
  }
  return groups.map(({ groupId }) => bills.get(groupId)!);
}

/** The bills of `groups` for the month of the frame, put among the others. */
async function readBills(
  tx: SqlRunner,
  frame: NextFrame,
  groups: readonly Chosen[],
  bills: Map<string, NextBill>,
): Promise<void> {
  const nothing: NextBill = { month: frame.month, problem: null };
  for (const { groupId } of groups) bills.set(groupId, nothing);
  const ranges = groups.map(({ shard, payerHash: hash }) => ({ shard, fromHash: hash, toHash: hash }));
  const rows = await readGroups(tx, frame, ranges);
  const usage = await readUsage(tx, frame, rows, (group) => periodEndOf(group, frame, frame.periodEnd));
  for (const each of rows) bills.set(each.groupId, nextBill(each, usage.get(each.groupId) ?? [], frame));
}

/**
 * The month of the frame, unless the version takes over what the customer has on a day of its own, or the customer's periods are
 * not those of the cycle: who is about to move is billed by then as the cycle that they move to bills.
 */
function ownMonth({ document }: NextBill, frame: NextFrame, release: Release, showing: Showing): string {
  const [account] = document?.accounts ?? [];
  if (document === undefined || account === undefined) return frame.month;
  const isOwn = hasOwnPeriods(account);
  if (showing.oneByOne === undefined && !isOwn) return frame.month;
  const group = groupOf(document, release);
  const begins = showing.oneByOne === undefined ? showing : takesOver(group, account, frame, showing.oneByOne);
  if (begins === null) return frame.month;
  if (isOwn) return monthShowingFor(group, account, frame.next, begins);
  const month = monthShowing(frame.month, frame.closingDay, begins);
  return month > frame.month ? month : frame.month;
}

/** From the first day on which the version takes over something that the customer has; null where it does not. */
function takesOver(group: Group, account: AccountFacts, frame: NextFrame, of: RatePlanRuleset): Begins | null {
  const closing = hasOwnPeriods(account) ? closingUntil(group, account, frame.month) : frame.closingDay;
  const from = firstTakenOver(group, of, closing);
  return from === null ? null : { from, withNextPeriod: false };
}

/** The same frame for another month. */
function frameOf(frame: NextFrame, month: string): NextFrame {
  const { start, end } = periodOfMonth(month, frame.closingDay);
  return { ...frame, month, periodStart: start, periodEnd: end };
}

/** `next`: the month that is billed next, whatever the change. */
type NextFrame = FrozenCycle & { readonly next: string; readonly closingDay: number; readonly release: Release };

function nextBill(rows: GroupRows, usage: readonly UsageRow[], frame: NextFrame): NextBill {
  const { month } = frame;
  try {
    const document = documentOf(rows, usage, frame);
    return document === undefined ? { month, problem: null } : { month, document };
  } catch (error) {
    if (error instanceof BillingProblem) return { month, problem: error.diagnostic };
    throw error;
  }
}

/** What a cycle of the month would freeze if it were opened now. */
async function nextFrame(
  tx: SqlRunner,
  tenantId: number,
  { legalEntity, billingCycle }: Chosen,
  release: Release,
  today: CivilDate,
  showing: Showing,
): Promise<NextFrame> {
  const [cycles] = await tx.sql<{ first: string | null; last: string | null; state: CycleState | null }>(
    `select min(month) as first, max(month) as last, (array_agg(state order by month desc))[1] as state
     from cycle where tenant_id = $1 and legal_entity_id = $2 and billing_cycle = $3`,
    [tenantId, legalEntity, billingCycle],
  );
  const last = cycles?.last ?? null;
  const isOpen = cycles?.state !== 'closed' && cycles?.state !== 'issued';
  const closingDay = release.inForce('billingCycle', billingCycle, today)?.body.closingDay ?? 31;
  const next = last === null ? monthOfDate(today, closingDay) : isOpen ? last : nextMonth(last);
  const month = monthShowing(next, closingDay, showing);
  const { start, end } = periodOfMonth(month, closingDay);
  const frozen = {
    membersOn: today,
    periodStart: start,
    periodEnd: end,
    knownAt: PRESENT,
    releaseNumber: 0,
    build: '',
    id: '',
  };
  return {
    ...frozen,
    tenantId,
    legalEntity,
    billingCycle,
    next,
    month,
    firstMonth: cycles?.first ?? next,
    closingDay,
    release,
  };
}
