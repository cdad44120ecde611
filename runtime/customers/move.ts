/**
 * From which month can a customer be billed by another billing cycle, which days does that bill cover, and how is it written down?
 * All accounts of a billing group move together. The setting that held is known no longer; what held before and what holds from the
 * first day of the new period are known instead. Also called: change of billing cycle, 締め日の変更, 請求サイクルの変更.
 */
import { closingUntil } from '#engine/billing/account-calendar.ts';
import { monthOfDate, nextMonth, periodOfMonth, sectionsOfMonth } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { knownNow, type KnownGroup } from '#runtime/customers/known-now.ts';
import { readAccounts, settingOn, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import { holdMoves } from '#runtime/cycles/moved-accounts.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { AccountFacts, AccountMove } from '#schemas/generated/types.ts';

/** How a customer is billed now, and the first month that no cycle has been opened for, neither of its own nor of the other. */
export type Standing = {
  readonly known: KnownGroup;
  readonly accounts: readonly string[];
  readonly earliest: (billingCycle: string) => string;
};

export type Moved = {
  readonly month: string;
  readonly period: Period;
  /** Whether the first bill is a regular one, or covers fewer days, or more. */
  readonly length: 'regular' | 'short' | 'long';
};

/** Refused with `accounts-apart` where the accounts of the group are not all billed alike. */
export async function standingForMove(
  tx: SqlRunner,
  tenantId: number,
  customer: CustomerRecord,
  release: Release,
  today: CivilDate,
): Promise<Standing> {
  const [account] = await readAccounts(tx, customer);
  if (account === undefined) throw new Refusal('account-unknown', { account: customer.id }, 404);
  const known = await knownNow(tx, tenantId, customer, account, release, today);
  const { legalEntity, billingCycle } = settingOn(account, today);
  const accounts = known.rows.accounts.map(({ id }) => id);
  const [apart] = await tx.sql<{ id: string }>(
    'select id from billing_account where shard = $1 and group_id = $2 and id <> all($3) order by id limit 1',
    [customer.shard, customer.groupId, accounts],
  );
  if (apart !== undefined) throw new Refusal('accounts-apart', { account: apart.id, billingCycle });
  const opened = await tx.sql<{ cycle: string; month: string }>(
    'select billing_cycle as cycle, max(month) as month from cycle where legal_entity_id = $1 group by 1',
    [legalEntity],
  );
  const after = (cycle: string): string[] =>
    opened.filter((row) => row.cycle === cycle).map((row) => nextMonth(row.month));
  const begins = monthOfDate(account.settings[0]!.from, known.closing);
  const earliest = (to: string): string => {
    const months = [...after(billingCycle), ...after(to)];
    return [begins, ...(months.length === 0 ? [known.month] : months)].reduce((a, b) => (a > b ? a : b));
  };
  return { known, accounts, earliest };
}

/**
 * The first bill by the new billing cycle. Refused with `billing-cycle-unknown`, `currency-differs`, `cycle-is-the-same` and
 * `month-already-billed`.
 */
export function firstBill(
  { known, earliest }: Standing,
  { billingCycle, month }: AccountMove,
  release: Release,
): Moved {
  const { legalEntity, currency, document } = known;
  const from = month ?? earliest(billingCycle);
  const ruleset = release.inForce('billingCycle', billingCycle, `${from}-01`);
  if (ruleset === undefined) throw new Refusal('billing-cycle-unknown', { billingCycle, month: from }, 422);
  if (ruleset.body.currency !== currency) {
    const values = { legalEntity, currency, billingCycle, other: ruleset.body.currency };
    throw new Refusal('currency-differs', values, 422);
  }
  const [account] = document.accounts;
  const before = account?.history?.findLast((move) => move.from <= from)?.billingCycle ?? account?.billingCycle;
  if (before === billingCycle) throw new Refusal('cycle-is-the-same', { billingCycle });
  if (from < earliest(billingCycle))
    throw new Refusal('month-already-billed', { month: from, earliest: earliest(billingCycle) });
  const closing = closingUntil(
    { release, document, products: document.products.map((product) => ({ product })) },
    movedTo(account!, billingCycle, from),
    from,
  );
  const period = periodOfMonth(from, closing);
  const sections = sectionsOfMonth(from, closing);
  const isRegular = sections.length === 1 && sections[0]!.of.start === period.start;
  return { month: from, period, length: isRegular ? 'regular' : sections.length > 1 ? 'long' : 'short' };
}

function movedTo({ history = [], ...account }: AccountFacts, billingCycle: string, from: string): AccountFacts {
  const earlier = history.filter((move) => move.from < from);
  const anchor = account.anchor === undefined ? {} : { anchor: account.anchor };
  return { ...account, history: [...earlier, { from, billingCycle, ...anchor }] };
}

/** Moves all accounts of the customer's group; what was to come after that is known no longer. */
export async function moveIn(
  tx: SqlRunner,
  tenantId: number,
  customer: CustomerRecord,
  move: AccountMove,
  release: Release,
  today: CivilDate,
): Promise<Moved & { readonly from: string; readonly accounts: readonly string[] }> {
  await holdMoves(tx, tenantId);
  const number = await holdBillingFacts(tx, tenantId, [customer.shard]);
  const standing = await standingForMove(tx, tenantId, customer, release, today);
  const moved = firstBill(standing, move, release);
  const { start } = moved.period;
  const ended = await tx.sql<{ row_id: string }>(
    `update billing_account_history set known_to = $4
     where shard = $1 and account_id = any($2) and known_to is null and (valid_to is null or valid_to > $3::date)
     returning row_id`,
    [customer.shard, standing.accounts, start, number],
  );
  const kept = 'tenant_id, shard, account_id';
  const rows = [tenantId, customer.shard, start, number, ended.map(({ row_id }) => row_id)];
  await tx.sql(
    `insert into billing_account_history (${kept}, valid_from, valid_to, known_from, billing_cycle, legal_entity_id, bill_to_name, bill_to_address)
     select ${kept}, valid_from, $3::date, $4::bigint, billing_cycle, legal_entity_id, bill_to_name, bill_to_address
     from billing_account_history where tenant_id = $1 and shard = $2 and row_id = any($5::bigint[]) and valid_from < $3::date
     union all
     select ${kept}, greatest(valid_from, $3::date), valid_to, $4::bigint, $6::text, legal_entity_id, bill_to_name, bill_to_address
     from billing_account_history where tenant_id = $1 and shard = $2 and row_id = any($5::bigint[])`,
    [...rows, move.billingCycle],
  );
  return { ...moved, from: standing.known.billingCycle, accounts: standing.accounts };
}
