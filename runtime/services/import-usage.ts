/**
 * Take a usage file in.
 * Also called: usage import, CDR upload, 利用データ取込.
 */
import { randomUUID } from 'node:crypto';
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { currentRelease } from '#runtime/catalogue/current-release.ts';
import { civilDayOf } from '#runtime/clock/clock.ts';
import { withCycle, withScope, type SqlRunner } from '#runtime/db/scope.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import {
  holdFile,
  importFile,
  type EarlierFile,
  type ImportedFile,
  type ImportProgress,
} from '#runtime/usage/import-file.ts';
import { needsGivenDay } from '#runtime/usage/map-line.ts';

export type UsageFileToImport = {
  /** The name of the file, for people to know it by. */
  readonly name: string;
  /** The id of a published fileFormat ruleset. */
  readonly format: string;
  /** The day of use, where the format leaves it to the import. */
  readonly givenOn?: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** A new id for the file, so that whoever loses sight of the import can ask `outcomeOfImport` about it. */
  readonly fileId?: string;
  /** Stops it: nothing of the file is kept, and the signal's reason is thrown. */
  readonly stop?: AbortSignal;
  readonly told?: (progress: ImportProgress) => void;
};

/** Lines: received = accepted + duplicate + rejected. `records`: usage records made of the accepted ones. */
export type ImportedUsage = ImportedFile & { readonly name: string; readonly format: string };

export async function importUsage(app: App, actor: Actor, input: UsageFileToImport): Promise<ImportedUsage> {
  authorize(actor, 'usage.import');
  const { tenantId, personId } = actor;
  const { name, content, fileId = randomUUID(), stop, told } = input;
  const givenOn = input.givenOn ?? null;
  if (givenOn !== null && !isCivilDate(givenOn)) throw new Refusal('not-a-day', { value: givenOn }, 422);
  const imported = await withCycle(
    app,
    async (tx) => {
      await assertNew(tx, tenantId, fileId);
      const format = await formatInForce(tx, app, tenantId, input.format, givenOn);
      if (givenOn === null && needsGivenDay(format.body))
        throw new Refusal('usage-day-needed', { format: format.id }, 422);
      const by = { tenantId, fileId, importedBy: personId };
      const file = await importFile(tx, { ...by, name, format, givenOn, content, stop, told });
      if ('earlier' in file) return file;
      const { fileId: _, ...counts } = file;
      const details = { name, format: `${format.id}/v${format.version}`, givenOn, ...counts };
      await record(tx, actor, { action: 'usage.imported', object: `usageFile/${fileId}`, details });
      return file;
    },
    stop,
  );
  if ('earlier' in imported) throw await alreadyImported(app, actor, imported.earlier);
  return { ...imported, name, format: input.format };
}

async function assertNew(tx: SqlRunner, tenantId: number, fileId: string): Promise<void> {
  if (!isUuid(fileId)) throw new Refusal('usage-file-id', { id: fileId }, 422);
  await holdFile(tx, tenantId, fileId);
  const known = await tx.sql('select 1 from usage_file where tenant_id = $1 and id = $2', [tenantId, fileId]);
  if (known.length > 0) throw new Refusal('usage-file-id', { id: fileId }, 422);
}

async function formatInForce(
  tx: SqlRunner,
  app: App,
  tenantId: number,
  id: string,
  givenOn: string | null,
): Promise<RulesetOf<'fileFormat'>> {
  const { release } = await currentRelease(tx, tenantId, app.keys.publicKey);
  const [tenant] = await tx.sql<{ zone: string }>('select zone from tenant where id = $1', [tenantId]);
  const on = givenOn ?? app.clock.today(tenant!.zone);
  const format = release.inForce('fileFormat', id, on);
  if (format === undefined) throw new Refusal('file-format-unknown', { format: id, on }, 422);
  return format;
}

async function alreadyImported(
  app: App,
  actor: Actor,
  { name, importedBy, importedAt }: EarlierFile['earlier'],
): Promise<Refusal> {
  const [row] = await withScope(app, actor, (tx) =>
    tx.sql<{ by: string | null; zone: string }>(
      'select t.zone, (select name from person where id = $1) as by from tenant t where t.id = $2',
      [importedBy, actor.tenantId],
    ),
  );
  const on = civilDayOf(new Date(importedAt), row!.zone);
  return new Refusal('file-already-imported', { name, on, at: importedAt, by: row!.by ?? '' });
}
