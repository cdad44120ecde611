/**
 * How does a usage file get in?
 * One transaction a file: read once as a stream, staged, settled set-wise, counted. Cut off anywhere, nothing of it is there.
 * Also called: mediation, CDR import, usage ingestion, 利用データ取込, ファイル取込.
 */
import assert from 'node:assert/strict';
import { createHash, type Hash } from 'node:crypto';
import type { CycleTx, SqlRunner } from '#runtime/db/scope.ts';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { readHeader } from '#runtime/usage/header.ts';
import { lineMapper } from '#runtime/usage/map-line.ts';
import { fieldsReader, type FieldsOfLine } from '#runtime/usage/read-fields.ts';
import { settle, type Settlement, type SettlingStep } from '#runtime/usage/settle.ts';
import { splitLines } from '#runtime/usage/split-lines.ts';
import { createStage, stageLines, type ReadLine } from '#runtime/usage/stage.ts';

export type FileToImport = {
  readonly tenantId: number;
  readonly fileId: string;
  readonly importedBy: string;
  readonly name: string;
  readonly format: RulesetOf<'fileFormat'>;
  /** The day of use, where the format leaves it to the import. */
  readonly givenOn: string | null;
  readonly content: AsyncIterable<Uint8Array>;
  /** Gives it up between two pieces; the transaction sees to a statement under way. */
  readonly stop?: AbortSignal | undefined;
  readonly told?: ((progress: ImportProgress) => void) | undefined;
};

/** How far an import is: lines one after another as they are read, then step by step all of them together. */
export type ImportProgress = {
  readonly step: 'reading' | SettlingStep;
  readonly bytes: number;
  /** Lines read so far, without the header. */
  readonly lines: number;
  readonly rejected: number;
  /** Null until the keys of all lines have been looked at. */
  readonly accepted: number | null;
  readonly duplicate: number | null;
};

export type ImportedFile = Settlement & { readonly fileId: string; readonly received: number };

/** The same bytes came before, in the same format. */
export type EarlierFile = {
  readonly earlier: { readonly name: string; readonly importedBy: string; readonly importedAt: string };
};

const LINES_STAGED_AT_ONCE = 2_000;
/** A file that was sent whole comes in one piece: it is read in parts all the same, so that others are served in between. */
const LARGEST_PIECE_BYTES = 65_536;

export async function importFile(tx: CycleTx, file: FileToImport): Promise<ImportedFile | EarlierFile> {
  const { fileId, told } = file;
  const hash = createHash('sha256');
  await createStage(tx);
  const { header, received, progress } = await stageContent(tx, file, hash);
  const earlier = await registerFile(tx, file, fileId, header, hash.digest('hex'));
  if (earlier !== undefined) return { earlier };
  const counts = await settle(tx, { tenantId: file.tenantId, fileId, fileName: file.name }, (step, known) =>
    told?.({ ...progress, step, ...known }),
  );
  assert.equal(received, counts.accepted + counts.duplicate + counts.rejected, 'every line received is accounted for');
  await keepRejects(tx, file.tenantId, fileId);
  await tx.sql(
    `update usage_file
     set received_lines = $3, accepted_lines = $4, duplicate_lines = $5, rejected_lines = $6, records = $7, used_on = (${middleOfUse})
     where tenant_id = $1 and id = $2`,
    [file.tenantId, fileId, received, counts.accepted, counts.duplicate, counts.rejected, counts.records],
  );
  return { fileId, received, ...counts };
}

/** Waits until nobody is importing a file of that id; an import holds it until its transaction ends. */
export async function holdFile(tx: SqlRunner, tenantId: number, fileId: string): Promise<void> {
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('usage-file/' || $1 || '/' || $2, 0))`, [
    String(tenantId),
    fileId,
  ]);
}

async function stageContent(
  tx: CycleTx,
  { format: { id, body }, givenOn, content, stop, told }: FileToImport,
  hash: Hash,
): Promise<{ header: readonly string[]; received: number; progress: ImportProgress }> {
  const readFields = fieldsReader(body);
  let header: readonly string[] | undefined;
  let toOutcome: ReturnType<typeof lineMapper> | undefined;
  let [received, rejected, bytes] = [0, 0, 0];
  let waiting: ReadLine[] = [];
  const progress = (): ImportProgress => ({
    ...{ step: 'reading', bytes, lines: received, rejected, accepted: null, duplicate: null },
  });
  const stage = async (): Promise<void> => {
    await stageLines(tx, waiting);
    rejected += waiting.filter(({ outcome }) => outcome.reject !== undefined).length;
    waiting = [];
    told?.(progress());
  };
  const pieces = counted(content, (piece) => {
    stop?.throwIfAborted();
    hash.update(piece);
    bytes += piece.length;
  });
  for await (const lines of splitLines(pieces, body)) {
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
  return { header, received, progress: progress() };
}

async function* counted(
  content: AsyncIterable<Uint8Array>,
  count: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const given of content) {
    for (let at = 0; at < given.length; at += LARGEST_PIECE_BYTES) {
      const piece = given.subarray(at, at + LARGEST_PIECE_BYTES);
      count(piece);
      yield piece;
    }
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

/** The day by which half of what the lines tell of had been used: a few late ones do not move it. */
const middleOfUse = `
  with day as (select started_at::date as day, count(*) as records from staged_record group by 1),
       running as (select day, sum(records) over (order by day) as through, sum(records) over () as total from day)
  select min(day) from running where 2 * through >= total`;

async function keepRejects(tx: CycleTx, tenantId: number, fileId: string): Promise<void> {
  await tx.sql(
    `insert into usage_reject (tenant_id, file_id, line_number, raw, code, details)
     select $1, $2, line_number, coalesce(reject.raw, line.raw), code, details
     from staged_reject reject left join staged_line line using (line_number)
     order by line_number`,
    [tenantId, fileId],
  );
}
