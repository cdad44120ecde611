/**
 * What became of an import that was stopped, or of which the connection was lost?
 * Also called: import result, 取込結果の確認.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import { withScope } from '#runtime/db/scope.ts';
import { holdFile } from '#runtime/usage/import-file.ts';

/** Lines: received = accepted + duplicate + rejected. */
export type KeptFile = {
  readonly name: string;
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
};

/** The file as it was kept, or null when nothing of it was. Waits for an import that is still under way. */
export function outcomeOfImport(
  app: App,
  actor: Actor,
  { fileId }: { readonly fileId: string },
): Promise<KeptFile | null> {
  authorize(actor, 'usage.import');
  if (!isUuid(fileId)) return Promise.resolve(null);
  return withScope(app, actor, async (tx) => {
    await holdFile(tx, actor.tenantId, fileId);
    const [kept] = await tx.sql<KeptFile>(
      `select name, received_lines as received, accepted_lines as accepted, duplicate_lines as duplicate, rejected_lines as rejected
       from usage_file where id = $1`,
      [fileId],
    );
    return kept ?? null;
  });
}
