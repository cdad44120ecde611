/**
 * Set a refused usage line aside for good, with the reason: a test call, another operator's subscriber.
 * Also called: void usage, discard, 取込エラーの対象外.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { assertReason } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { openReject } from '#runtime/usage/correct-line.ts';
import { voidLine } from '#runtime/usage/void-line.ts';

export type RejectToVoid = { readonly rejectId: string; readonly reason: string };

/** Refused with `reject-unknown`, `reject-not-open` and `reason-missing`. */
export async function voidReject(
  app: App,
  actor: Actor,
  { rejectId, reason: said }: RejectToVoid,
): Promise<{ readonly file: string; readonly line: number }> {
  authorize(actor, 'usage.void');
  const reason = assertReason(said);
  return withCycle(app, async (tx) => {
    const reject = await openReject(tx, actor.tenantId, rejectId);
    await voidLine(tx, actor, reject, reason);
    const details = { file: reject.fileName, line: reject.lineNumber, reason };
    await record(tx, actor, { action: 'usage.voided', object: `usageReject/${rejectId}`, details });
    return { file: reject.fileName, line: reject.lineNumber };
  });
}
