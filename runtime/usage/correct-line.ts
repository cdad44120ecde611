/**
 * How does a refused line get in after all?
 * An operator edits its text; it is read by the same format and settled like any other line, and stays linked to the line refused.
 * Also called: error correction, resubmission, recycling, エラー修正, 再投入, 再取込.
 */
import assert from 'node:assert/strict';
import type { RulesetOf } from '#engine/rulesets/release.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import type { CycleTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { lineMapper } from '#runtime/usage/map-line.ts';
import { fieldsOfText, type Reject } from '#runtime/usage/read-fields.ts';
import { settle } from '#runtime/usage/settle.ts';
import { createStage, stageLines } from '#runtime/usage/stage.ts';

/** A refused line that is still open, locked, with what is needed to read it again. */
export type OpenReject = {
  readonly id: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly lineNumber: number;
  readonly format: string;
  readonly formatVersion: number;
  readonly header: readonly string[];
  readonly givenOn: string | null;
};

export type Correction = { readonly outcome: 'accepted' | 'duplicate'; readonly records: number };

/** The reject, locked until the transaction ends. Refuses when there is none or when it has been dealt with. */
export async function openReject(tx: CycleTx, tenantId: number, rejectId: string): Promise<OpenReject> {
  if (!isUuid(rejectId)) throw new Refusal('reject-unknown', {}, 404);
  const [found] = await tx.sql<OpenReject & { state: string }>(
    `select reject.id, reject.state, file.id as "fileId", file.name as "fileName", reject.line_number as "lineNumber",
            file.format, file.format_version as "formatVersion", file.header, file.given_on as "givenOn"
     from usage_reject reject join usage_file file on file.tenant_id = reject.tenant_id and file.id = reject.file_id
     where reject.tenant_id = $1 and reject.id = $2
     for update`,
    [tenantId, rejectId],
  );
  if (found === undefined) throw new Refusal('reject-unknown', {}, 404);
  if (found.state !== 'open') throw new Refusal('reject-not-open', { line: found.lineNumber, file: found.fileName });
  return found;
}

/** Settles the corrected text in place of the line refused. Refuses, with the reason, when it still cannot be accepted. */
export async function correctLine(
  tx: CycleTx,
  actor: { readonly tenantId: number; readonly personId: string },
  reject: OpenReject,
  format: RulesetOf<'fileFormat'>,
  text: string,
): Promise<Correction> {
  const fields = text.includes('\0') ? undefined : fieldsOfText(text, format.body.delimiter);
  if (fields === undefined) throw stillRefused({ code: 'broken-quoting', values: {} });
  const outcome = lineMapper(format.id, format.body, reject.header, reject.givenOn)(fields);
  if (outcome.reject !== undefined) throw stillRefused(outcome.reject);
  await createStage(tx);
  await stageLines(tx, [{ line: { number: reject.lineNumber, bytes: Buffer.from(text) }, outcome }]);
  const counts = await settle(tx, { tenantId: actor.tenantId, fileId: reject.fileId, fileName: reject.fileName });
  if (counts.rejected > 0) {
    const [again] = await tx.sql<Reject>('select code, details as values from staged_reject');
    throw stillRefused(again!);
  }
  assert.equal(counts.accepted + counts.duplicate, 1, 'one line comes to one outcome');
  await close(tx, actor, reject, text, counts.accepted, counts.records);
  return { outcome: counts.accepted === 1 ? 'accepted' : 'duplicate', records: counts.records };
}

const stillRefused = ({ code, values }: Reject): Refusal =>
  new Refusal('line-still-refused', { ...values, reject: code }, 422);

async function close(
  tx: CycleTx,
  { tenantId, personId }: { readonly tenantId: number; readonly personId: string },
  { id, fileId }: OpenReject,
  text: string,
  accepted: number,
  records: number,
): Promise<void> {
  await tx.sql(
    `update usage_reject set state = 'corrected', corrected_raw = $3, corrected_by = $4, corrected_at = clock_timestamp()
     where tenant_id = $1 and id = $2`,
    [tenantId, id, Buffer.from(text), personId],
  );
  await tx.sql(
    `update usage_file
     set rejected_lines = rejected_lines - 1, accepted_lines = accepted_lines + $3, duplicate_lines = duplicate_lines + 1 - $3,
         records = records + $4
     where tenant_id = $1 and id = $2`,
    [tenantId, fileId, accepted, records],
  );
}
