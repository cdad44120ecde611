/**
 * Decline a credit that was asked for: by whoever may issue it, or by whoever asked. Also called: 返還の却下、取り下げ.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { decide, openRequest } from '#runtime/credits/issue.ts';
import { withScope } from '#runtime/db/scope.ts';

/** Refused with `credit-unknown` and `credit-decided`. */
export async function declineCredit(
  app: App,
  actor: Actor,
  { creditId }: { readonly creditId: string },
): Promise<{ readonly creditId: string }> {
  if (!mayDo(actor, 'credit.ask')) authorize(actor, 'credit.issue');
  return withScope(app, actor, async (tx) => {
    const request = await openRequest(tx, creditId);
    if (request.askedBy !== actor.personId) authorize(actor, 'credit.issue');
    await decide(tx, actor, creditId, 'declined');
    const details = { credit: creditId, reason: request.reason };
    await record(tx, actor, { action: 'credit.declined', object: `bill/${request.billId}`, details });
    return { creditId };
  });
}
