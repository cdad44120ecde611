/**
 * Ask that some of a closed bill be given back, for a reason; somebody else issues it.
 * Also called: credit request, refund request, 返還の申請、値引きの申請、赤伝の起票.
 */
import { randomUUID } from 'node:crypto';
import type { CreditAsked } from '#engine/credits/credit-note.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { billToCredit } from '#runtime/credits/bill-to-credit.ts';
import { holdBill, workedOut } from '#runtime/credits/issue.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CreditToAsk = {
  readonly billId: string;
  readonly lines: readonly CreditAsked[];
  readonly reason: string;
};

/** Refused with `bill-unknown`, `bill-not-closed`, `credit-reason-missing`, and when more is asked than is left: `credit-above-line`, `credit-above-rate`. */
export async function askCredit(
  app: App,
  actor: Actor,
  { billId, lines, reason }: CreditToAsk,
): Promise<{ readonly creditId: string; readonly total: string }> {
  authorize(actor, 'credit.ask');
  const why = reason.trim();
  if (why === '' || why.length > 500) throw new Refusal('credit-reason-missing', {}, 422);
  return withScope(app, actor, async (tx) => {
    await holdBill(tx, billId);
    const toCredit = await billToCredit(tx, app, actor.tenantId, billId);
    const { total } = await workedOut(tx, toCredit, lines);
    const creditId = randomUUID();
    await tx.sql(
      `insert into credit_request (tenant_id, shard, id, bill_id, lines, reason, asked_by, asked_at, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open')`,
      [
        actor.tenantId,
        toCredit.stored.shard,
        creditId,
        billId,
        JSON.stringify(lines.map(({ line, amount }) => ({ line, amount }))),
        why,
        actor.personId,
        tx.clock.now().toISOString(),
      ],
    );
    const details = { credit: creditId, total, reason: why, lines };
    await record(tx, actor, { action: 'credit.asked', object: `bill/${billId}`, details });
    return { creditId, total };
  });
}
