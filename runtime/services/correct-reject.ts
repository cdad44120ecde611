/**
 * Put a refused usage line right and let it in.
 * Also called: correct and resubmit, エラー修正, 再投入.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { correctLine, openReject, type Correction } from '#runtime/usage/correct-line.ts';

export type RejectToCorrect = {
  readonly rejectId: string;
  /** The whole line as it should have been. */
  readonly text: string;
};

/** Refuses with `line-still-refused` and the reason when the line cannot be accepted as it is now. */
export async function correctReject(app: App, actor: Actor, { rejectId, text }: RejectToCorrect): Promise<Correction> {
  authorize(actor, 'usage.correct');
  return withCycle(app, async (tx) => {
    const reject = await openReject(tx, actor.tenantId, rejectId);
    const { release } = await currentRelease(tx, actor.tenantId, app.keys.publicKey);
    // The version by which the file was read: a release keeps every version there ever was.
    const format = release.version('fileFormat', reject.format, reject.formatVersion);
    if (format === undefined)
      throw new Error(`${reject.format}/v${reject.formatVersion} was published when the file came in`);
    const correction = await correctLine(tx, actor, reject, format, text);
    const details = { file: reject.fileName, line: reject.lineNumber, ...correction };
    await record(tx, actor, { action: 'usage.corrected', object: `usageReject/${rejectId}`, details });
    return correction;
  });
}
