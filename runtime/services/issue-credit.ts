/**
 * Issue the credit note that somebody else asked for. Also called: credit approval, 返還インボイスの発行、返還の承認.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { issue, openRequest } from '#runtime/credits/issue.ts';
import { withScope } from '#runtime/db/scope.ts';

/** Refused with `credit-unknown`, `credit-decided`, `credit-same-person`, and when less is left by now than was asked for. */
export async function issueCredit(
  app: App,
  actor: Actor,
  { creditId }: { readonly creditId: string },
): Promise<{ readonly creditId: string; readonly number: string; readonly total: string }> {
  authorize(actor, 'credit.issue');
  return withScope(app, actor, async (tx) => {
    const request = await openRequest(tx, creditId);
    const { number, note } = await issue(tx, app, actor, request);
    const details = { credit: creditId, number, total: note.total, tax: note.taxTotal, reason: request.reason };
    await record(tx, actor, { action: 'credit.issued', object: `bill/${request.billId}`, details });
    return { creditId, number, total: note.total };
  });
}
