/**
 * From what is a customer simulated?
 * Contracts as known now, the usage that is not billed yet, and the usage of a typical month. Also called: simulation input, 試算の元データ.
 */
import { monthsLater, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { knownNow } from '#runtime/customers/known-now.ts';
import { readAccounts, readCustomer, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { usageOf } from '#runtime/cycles/document-of.ts';
import type { UsageRow } from '#runtime/cycles/group-rows.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { TypicalMonth } from '#runtime/simulation/typical-month.ts';
import type { AccountDocument } from '#schemas/generated/types.ts';

/** Plain values: a worker thread can be told it. */
export type SimulationBase = {
  readonly customer: { readonly id: string; readonly name: string };
  /** The customer's own accounts among those of the document. */
  readonly accounts: readonly string[];
  readonly today: CivilDate;
  readonly currency: string;
  readonly closing: Closing;
  /** The month that today lies in: usage is assumed from here on. */
  readonly month: string;
  /** Up to `month`; its usage is what is not billed yet. */
  readonly document: AccountDocument;
  /** Null where no usage is on record for this period or the last. */
  readonly typical: TypicalMonth | null;
};

/**
 * The base of a customer: of the accounts that are billed like `account`, by default the first. Throws a BillingProblem where the rows contradict one another.
 */
export async function simulationBase(
  tx: SqlRunner,
  tenantId: number,
  asked: { readonly customerId: string; readonly account?: string },
  release: Release,
  today: CivilDate,
): Promise<SimulationBase> {
  const customer = await readCustomer(tx, asked.customerId);
  const accounts = await readAccounts(tx, customer);
  const account = accounts.find(({ id }) => asked.account === undefined || id === asked.account);
  if (account === undefined) throw new Refusal('simulation-account-unknown', { account: asked.account ?? '' }, 404);
  const known = await knownNow(tx, tenantId, customer, account, release, today);
  const { document, closing, currency, month } = known;
  const own = new Set(accounts.map(({ id }) => id));
  const products = document.products.map(({ id }) => id);
  return {
    customer: { id: customer.id, name: customer.name },
    accounts: document.accounts.map(({ id }) => id).filter((id) => own.has(id)),
    ...{ today, currency, closing, month, document },
    typical: await typicalMonth(tx, customer, products, month, closing, today),
  };
}

/** The last whole period; where nothing was used in it, the current one so far. */
async function typicalMonth(
  tx: SqlRunner,
  { shard, groupId }: CustomerRecord,
  products: readonly string[],
  month: string,
  closing: Closing,
  today: CivilDate,
): Promise<TypicalMonth | null> {
  const last = monthsLater(month, -1);
  const [whole, current] = [periodOfMonth(last, closing), periodOfMonth(month, closing)];
  const rows = await tx.sql<UsageRow>(
    `select group_id, event_key, product_id, meter, started_at, trim_scale(quantity)::text as quantity, attributes from usage_record
     where shard = $1 and group_id = $2 and started_at >= $3::date and started_at < $4::date and known_to is null and product_id = any($5)
     order by started_at, event_key collate "C"`,
    [shard, groupId, whole.start, current.end, products],
  );
  const usage = rows.map(usageOf);
  const before = usage.filter(({ startedAt }) => startedAt < current.start);
  if (before.length > 0) return { month: last, lastDay: addDays(whole.end, -1), isWhole: true, usage: before };
  return usage.length > 0 ? { month, lastDay: today, isWhole: false, usage } : null;
}
