/**
 * From what would a customer be billed, as known now?
 * The rows and the document that a cycle would read if it were opened at this moment. Also called: present state, 現時点の契約内容.
 */
import { monthOfDate, monthsLater, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { settingOn, type AccountRecord, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { closingOf } from '#runtime/cycles/closing-of-group.ts';
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
  /** By what its periods close, moves that are to come included. */
  readonly closing: Closing;
  readonly currency: string;
  /** The month and period that today lies in. */
  readonly month: string;
  readonly period: Period;
};

/** Every fact that is known and has not been put right since. */
const PRESENT = '9223372036854775807';
/** After every month that can have been closed. */
const NO_MONTH_AFTER = '9899-12';
const NO_DAY_AFTER = '9900-01-01';
/** A move that is to come is looked at so far ahead. */
const MONTHS_AHEAD = 24;

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
  const { legalEntity, billingCycle } = settingOn(account, today);
  const ruleset = release.inForce('billingCycle', billingCycle, today);
  if (ruleset === undefined) throw new Refusal('billing-cycle-unknown', { billingCycle, month: today.slice(0, 7) });
  const { closingDay, currency } = ruleset.body;
  const { shard, groupId, payerHash } = customer;
  const cycle = await nextCycle(tx, { tenantId, legalEntity, billingCycle, today });
  const groups = await readGroups(tx, cycle, [{ shard, fromHash: payerHash, toHash: payerHash }]);
  const rows = groups.find((group) => group.groupId === groupId);
  if (rows === undefined) throw new Refusal('customer-unknown', { customer: customer.id }, 404);
  const frame = { legalEntity, billingCycle, closingDay, firstMonth: cycle.firstMonth, release };
  const closing = closingOf(rows, { ...frame, month: monthsLater(today.slice(0, 7), MONTHS_AHEAD) });
  const month = monthOfDate(today, closing);
  const period = periodOfMonth(month, closing);
  const usage = await readUsage(tx, cycle, [rows], () => period.end);
  const firstMonth = cycle.firstMonth < month ? cycle.firstMonth : month;
  const document = wholeDocument(rows, usage.get(groupId) ?? [], { ...frame, month, firstMonth });
  return { rows, document, legalEntity, billingCycle, closing, currency, month, period };
}

type ToBill = Pick<FrozenCycle, 'tenantId' | 'legalEntity' | 'billingCycle'> & { readonly today: CivilDate };

/** All that is known now, of those who are billed so today; of one who has not begun, as from the first day. */
async function nextCycle(tx: SqlRunner, { today, ...of }: ToBill): Promise<FrozenCycle> {
  const [cycles] = await tx.sql<{ first: string | null }>(
    'select min(month) as first from cycle where legal_entity_id = $1 and billing_cycle = $2',
    [of.legalEntity, of.billingCycle],
  );
  return {
    ...of,
    ...{ month: NO_MONTH_AFTER, firstMonth: cycles?.first ?? NO_MONTH_AFTER, membersOn: today },
    ...{ periodStart: today, periodEnd: NO_DAY_AFTER, knownAt: PRESENT },
    ...{ id: '', releaseNumber: 0, build: '' },
  };
}
