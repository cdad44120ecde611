/**
 * May a cycle be frozen, as far as accounts move into it or out of it?
 * Those that move in must have been billed to the end where they come from; and whoever moves while the cycle is opened must be seen
 * by it. Also called: change of billing cycle, 締め日を移す請求先の確認.
 */
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

type ToFreeze = Pick<FrozenCycle, 'tenantId' | 'legalEntity' | 'billingCycle' | 'month' | 'knownAt'>;

/** Held by whoever moves an account, and by whoever freezes a cycle, until the transaction ends: one after the other. */
export async function holdMoves(tx: SqlRunner, tenantId: number): Promise<void> {
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('account-moves/' || $1::text, 0))`, [tenantId]);
}

/** Refused with `accounts-moved-meanwhile` and `moved-from-open-cycle`. */
export async function assertMovesSettled(tx: SqlRunner, cycle: ToFreeze): Promise<void> {
  const { tenantId, legalEntity, billingCycle, month, knownAt } = cycle;
  await holdMoves(tx, tenantId);
  const of = [tenantId, legalEntity, billingCycle, `${month}-01`, knownAt];
  const [unseen] = await tx.sql<{ count: number }>(
    `select count(*)::int as count from ${moves}
     where now.known_from > $5 and now.known_to is null and now.valid_from <= $4::date
       and (now.billing_cycle = $3 or before.billing_cycle = $3)`,
    of,
  );
  if (unseen!.count > 0) throw new Refusal('accounts-moved-meanwhile', { count: String(unseen!.count) });
  const before = monthsLater(month, -1);
  const [open] = await tx.sql<{ cycle: string; accounts: number }>(
    `select before.billing_cycle as cycle, count(*)::int as accounts from ${moves}
     where now.known_from <= $5 and (now.known_to is null or now.known_to > $5) and now.billing_cycle = $3
       and now.valid_from > $6::date and now.valid_from <= $4::date
       and exists (select from cycle c where c.tenant_id = $1 and c.legal_entity_id = $2 and c.billing_cycle = before.billing_cycle)
       and not exists (
         select from cycle c where c.tenant_id = $1 and c.legal_entity_id = $2 and c.billing_cycle = before.billing_cycle
           and c.month = $7 and c.state in ('closed', 'issued')
       )
     group by 1 order by 1 limit 1`,
    [...of, `${before}-01`, before],
  );
  if (open === undefined) return;
  const values = { billingCycle, month, other: open.cycle, before, accounts: String(open.accounts) };
  throw new Refusal('moved-from-open-cycle', values);
}

/** Settings `now` whose account had another billing cycle `before`. Parameters: $1 tenant, $2 legal entity. */
const moves = `
  billing_account_history now
  join lateral (
    select b.billing_cycle from billing_account_history b
    where b.shard = now.shard and b.tenant_id = $1 and b.account_id = now.account_id and b.known_to is null and b.valid_from < now.valid_from
    order by b.valid_from desc limit 1
  ) before on now.tenant_id = $1 and now.legal_entity_id = $2 and before.billing_cycle <> now.billing_cycle`;
