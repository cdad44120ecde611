/**
 * How do demo files get in? By the same service as anybody's, two at a time; one that is in already is left alone.
 */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { importUsage, type ImportedUsage } from '#runtime/services/import-usage.ts';

export type FileOnDisk = { readonly path: string; readonly format: string; readonly givenOn?: string };

const AT_ONCE = 2;

/** Imports the files that are not in yet, and tells of each as it is. Says how many records they came to. */
export async function importDemoFiles(
  app: App,
  actor: Actor,
  files: readonly FileOnDisk[],
  told: (imported: ImportedUsage) => void = () => undefined,
): Promise<number> {
  const known = await namesOfImported(app, actor);
  const waiting = files.filter(({ path }) => !known.has(basename(path)));
  let records = 0;
  const importInTurn = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const { path, ...how } = file;
      const content = createReadStream(path);
      const imported = await importUsage(app, actor, { name: basename(path), content, ...how });
      records += imported.records;
      told(imported);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, importInTurn));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return records;
}

async function namesOfImported(app: App, { tenantId, personId }: Actor): Promise<Set<string>> {
  const rows = await withScope(app, { tenantId, personId }, (tx) =>
    tx.sql<{ name: string }>('select name from usage_file where tenant_id = $1', [tenantId]),
  );
  return new Set(rows.map(({ name }) => name));
}
