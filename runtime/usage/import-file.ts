/**
 * How does a usage file get in?
 * One transaction a file: read once as a stream, staged, settled set-wise, counted. Cut off anywhere, nothing of it is there.
 * Also called: mediation, CDR import, usage ingestion, 利用データ取込, ファイル取込.
 */
import assert from 'node:assert/strict';
import { createHash, randomUUID, type Hash } from 'node:crypto';
import type { CycleTx } from '#runtime/db/scope.ts';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { readHeader } from '#runtime/usage/header.ts';
import { lineMapper } from '#runtime/usage/map-line.ts';
import { fieldsReader, type FieldsOfLine } from '#runtime/usage/read-fields.ts';
import { settle, type Settlement } from '#runtime/usage/settle.ts';
import { splitLines } from '#runtime/usage/split-lines.ts';
import { createStage, stageLines, type ReadLine } from '#runtime/usage/stage.ts';

export type FileToImport = {
  readonly tenantId: number;
  readonly importedBy: string;
  readonly name: string;
  readonly format: RulesetOf<'fileFormat'>;
  /** The day of use, where the format leaves it to the import. */
  readonly givenOn: string | null;
  readonly content: AsyncIterable<Uint8Array>;
};

export type ImportedFile = Settlement & { readonly fileId: string; readonly received: number };

/** The same bytes came before, in the same format. */
export type EarlierFile = {
  readonly earlier: { readonly name: string; readonly importedBy: string; readonly importedAt: string };
};

const LINES_STAGED_AT_ONCE = 2_000;

export async function importFile(tx: CycleTx, file: FileToImport): Promise<ImportedFile | EarlierFile> {
  const fileId = randomUUID();
  const hash = createHash('sha256');
  await createStage(tx);
  const { header, received } = await stageContent(tx, file, hash);
  const earlier = await registerFile(tx, file, fileId, header, hash.digest('hex'));
  if (earlier !== undefined) return { earlier };
  const counts = await settle(tx, { tenantId: file.tenantId, fileId, fileName: file.name });
  assert.equal(received, counts.accepted + counts.duplicate + counts.rejected, 'every line received is accounted for');
  await keepRejects(tx, file.tenantId, fileId);
  await tx.sql(
    `update usage_file
     set received_lines = $3, accepted_lines = $4, duplicate_lines = $5, rejected_lines = $6, records = $7
     where tenant_id = $1 and id = $2`,
    [file.tenantId, fileId, received, counts.accepted, counts.duplicate, counts.rejected, counts.records],
  );
  return { fileId, received, ...counts };
}

async function stageContent(
  tx: CycleTx,
  { format: { id, body }, givenOn, content }: FileToImport,
  hash: Hash,
): Promise<{ header: readonly string[]; received: number }> {
  const readFields = fieldsReader(body);
  let header: readonly string[] | undefined;
  let toOutcome: ReturnType<typeof lineMapper> | undefined;
  let received = 0;
  let waiting: ReadLine[] = [];
  const stage = async (): Promise<void> => {
    await stageLines(tx, waiting);
    waiting = [];
  };
  for await (const lines of splitLines(hashed(content, hash), body)) {
    const read: FieldsOfLine[] = readFields(lines);
    if (toOutcome === undefined) {
      header = readHeader(read.shift()!, body);
      toOutcome = lineMapper(id, body, header, givenOn);
    }
    received += read.length;
    for (const { line, fields, reject } of read)
      waiting.push({ line, outcome: fields === undefined ? { reject } : toOutcome(fields) });
    if (waiting.length >= LINES_STAGED_AT_ONCE) await stage();
  }
  await stage();
  if (header === undefined) throw new Refusal('usage-file-empty', {}, 422);
  return { header, received };
}

async function* hashed(content: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

/** Enters the file; when the same bytes are being imported at this moment, waits to see whether they get in. */
async function registerFile(
  tx: CycleTx,
  file: FileToImport,
  fileId: string,
  header: readonly string[],
  sha256: string,
): Promise<EarlierFile['earlier'] | undefined> {
  const { tenantId, name, format, givenOn, importedBy } = file;
  const registered = await tx.sql(
    `insert into usage_file (tenant_id, id, sha256, name, format, format_version, header, given_on, imported_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, sha256, format) do nothing
     returning id`,
    [tenantId, fileId, sha256, name, format.id, format.version, JSON.stringify(header), givenOn, importedBy],
  );
  if (registered.length > 0) return undefined;
  const [earlier] = await tx.sql<EarlierFile['earlier']>(
    `select name, imported_by as "importedBy", imported_at as "importedAt" from usage_file
     where tenant_id = $1 and sha256 = $2 and format = $3`,
    [tenantId, sha256, format.id],
  );
  return earlier;
}

async function keepRejects(tx: CycleTx, tenantId: number, fileId: string): Promise<void> {
  await tx.sql(
    `insert into usage_reject (tenant_id, file_id, line_number, raw, code, details)
     select $1, $2, line_number, coalesce(reject.raw, line.raw), code, details
     from staged_reject reject left join staged_line line using (line_number)
     order by line_number`,
    [tenantId, fileId],
  );
}
