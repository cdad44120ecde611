/**
 * From what would a customer be billed, as known now?
 * The rows and the document that a cycle would read if it were opened at this moment. Also called: present state, 現時点の契約内容.
 */
import { monthOfDate, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { settingOn, type AccountRecord, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { wholeDocument } from '#runtime/cycles/document-of.ts';
import { readGroups, readUsage, type GroupRows } from '#runtime/cycles/group-rows.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { AccountDocument } from '#schemas/generated/types.ts';

/** A billing group with those of its accounts that are billed together. */
export type KnownGroup = {
  readonly rows: GroupRows;
  /** Up to the month of `today`, with the usage that is not billed yet; without products when nothing was ever sold. */
  readonly document: AccountDocument;
  readonly legalEntity: string;
  readonly billingCycle: string;
  readonly closingDay: number;
  readonly currency: string;
  /** The month and period that today lies in. */
  readonly month: string;
  readonly period: Period;
};

/** Every fact that is known and has not been put right since. */
const PRESENT = '9223372036854775807';
/** After every month that can have been closed. */
const NO_MONTH_AFTER = '9999-12';

/**
 * The group of `customer` as far as it is billed like `account`. Refuses when the release has no such billing cycle; throws a
 * BillingProblem when the rows contradict one another.
 */
export async function knownNow(
  tx: SqlRunner,
  tenantId: number,
  customer: CustomerRecord,
  account: AccountRecord,
  release: Release,
  today: CivilDate,
): Promise<KnownGroup> {
  const { from, legalEntity, billingCycle } = settingOn(account, today);
  const ruleset = release.inForce('billingCycle', billingCycle, today);
  if (ruleset === undefined) throw new Refusal('billing-cycle-unknown', { billingCycle, month: today.slice(0, 7) });
  const { closingDay, currency } = ruleset.body;
  const month = monthOfDate(today, closingDay);
  const period = periodOfMonth(month, closingDay);
  const cycle = await nextCycle(tx, { tenantId, legalEntity, billingCycle, month, period });
  const { shard, groupId, payerHash } = customer;
  // Settings are read as of today; of one who has not begun, as of the first day.
  const members = { ...cycle, month: NO_MONTH_AFTER, periodEnd: addDays(from > today ? from : today, 1) };
  const groups = await readGroups(tx, members, [{ shard, fromHash: payerHash, toHash: payerHash }]);
  const rows = groups.find((group) => group.groupId === groupId);
  if (rows === undefined) throw new Refusal('customer-unknown', { customer: customer.id }, 404);
  const usage = await readUsage(tx, cycle, [rows]);
  const frame = { legalEntity, billingCycle, closingDay, month, firstMonth: cycle.firstMonth };
  const document = wholeDocument(rows, usage.get(groupId) ?? [], frame);
  return { rows, document, legalEntity, billingCycle, closingDay, currency, month, period };
}

type ToBill = Pick<FrozenCycle, 'tenantId' | 'legalEntity' | 'billingCycle' | 'month'> & { readonly period: Period };

/** What a cycle of the month would freeze now. */
async function nextCycle(tx: SqlRunner, { period, ...of }: ToBill): Promise<FrozenCycle> {
  const [cycles] = await tx.sql<{ first: string | null }>(
    'select min(month) as first from cycle where legal_entity_id = $1 and billing_cycle = $2',
    [of.legalEntity, of.billingCycle],
  );
  const firstMonth = cycles?.first ?? of.month;
  return {
    ...of,
    periodStart: period.start,
    periodEnd: period.end,
    firstMonth,
    knownAt: PRESENT,
    id: '',
    releaseNumber: 0,
    build: '',
  };
}
