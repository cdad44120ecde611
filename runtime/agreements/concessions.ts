/**
 * How does what is given to one customer alone wait for a second person?
 * Asked for by one, granted or declined by another, and then for good. Also called: four-eyes principle, 四眼原則, 個別条件の申請・承認.
 */
import { randomUUID } from 'node:crypto';
import type { Actor } from '#runtime/access/actor.ts';
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { RecordingTx, SqlRunner } from '#runtime/db/scope.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Adjustment, NegotiatedPrice } from '#schemas/generated/types.ts';

/** What is asked for, in the form of the account document. */
export type ConcessionTerms =
  | { readonly kind: 'agreement'; readonly terms: NegotiatedPrice }
  | { readonly kind: 'adjustment'; readonly terms: Adjustment }
  | { readonly kind: 'withdrawal'; readonly terms: Withdrawal };

/** Of what was agreed or adjusted, as if it had never been; with what it was, for who decides. */
export type Withdrawal = { readonly id: string } & (
  { readonly of: 'agreement'; readonly was: NegotiatedPrice } | { readonly of: 'adjustment'; readonly was: Adjustment }
);

export type OpenConcession = ConcessionTerms & {
  readonly id: string;
  readonly shard: number;
  readonly customerId: string;
  readonly reason: string;
  readonly askedBy: string;
};

/**
 * Money is given away by every agreed price, by an adjustment that takes something off, and by taking a charge back. An agreed
 * price is withdrawn as it was granted, by two, for it may put closed months right.
 */
export function givesAway({ kind, terms }: ConcessionTerms): boolean {
  if (kind === 'adjustment') return terms.amount.startsWith('-');
  return kind === 'agreement' || terms.of === 'agreement' || !terms.was.amount.startsWith('-');
}

/** Its number. */
export async function askIn(
  tx: RecordingTx,
  actor: Actor,
  { shard, id: customerId }: CustomerRecord,
  { kind, terms }: ConcessionTerms,
  reason: string,
): Promise<string> {
  const id = randomUUID();
  await tx.sql(
    `insert into concession (tenant_id, shard, id, customer_id, kind, terms, reason, asked_by, asked_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')`,
    [
      ...[actor.tenantId, shard, id, customerId, kind, JSON.stringify(terms)],
      ...[reason, actor.personId, tx.clock.now().toISOString()],
    ],
  );
  return id;
}

/** Held until the transaction ends. Refused with `concession-unknown`, or `concession-decided` when it is over. */
export async function openConcession(tx: SqlRunner, id: string): Promise<OpenConcession> {
  if (!isUuid(id)) throw new Refusal('concession-unknown', {}, 404);
  const [found] = await tx.sql<OpenConcession & { state: string }>(
    `select id, shard, customer_id as "customerId", kind, terms, reason, asked_by as "askedBy", state
     from concession where id = $1 for update`,
    [id],
  );
  if (found === undefined) throw new Refusal('concession-unknown', {}, 404);
  if (found.state !== 'open') throw new Refusal('concession-decided');
  return found;
}

export async function decideIn(
  tx: RecordingTx,
  actor: Actor,
  id: string,
  state: 'granted' | 'declined',
): Promise<void> {
  await tx.sql('update concession set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    ...[id, state, actor.personId, tx.clock.now().toISOString()],
  ]);
}
