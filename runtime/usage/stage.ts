/**
 * Where do the lines of a file lie until all of them have been read?
 * In tables of the transaction's own, gone when it ends: a file that breaks off half-way leaves nothing behind.
 * Also called: staging, 仮置き, 取込バッファ.
 */
import { createHash } from 'node:crypto';
import { copyRows, type CopyValue } from '#runtime/db/copy.ts';
import type { CycleTx, SqlRunner } from '#runtime/db/scope.ts';
import type { MappedLine } from '#runtime/usage/map-line.ts';
import type { Reject } from '#runtime/usage/read-fields.ts';
import type { Line } from '#runtime/usage/split-lines.ts';

export type ReadLine = {
  readonly line: Pick<Line, 'number' | 'bytes'>;
  readonly outcome: MappedLine | { readonly reject: Reject };
};

export async function createStage(tx: SqlRunner): Promise<void> {
  await tx.sql(`create temporary table staged_line (
    line_number integer not null, key_shard smallint not null, line_key text not null, payload text not null,
    subscriber text not null, raw bytea not null) on commit drop`);
  await tx.sql(`create temporary table staged_record (
    line_number integer not null, number smallint not null, meter text not null, started_at timestamp not null,
    quantity numeric(38, 12) not null, attributes jsonb not null) on commit drop`);
  await tx.sql(`create temporary table staged_reject (
    line_number integer primary key, raw bytea, code text not null, details jsonb not null) on commit drop`);
  await tx.sql(`create temporary table settled_line (
    line_number integer primary key, outcome text not null, earlier_file text, earlier_line integer) on commit drop`);
}

/** Adds lines that have been read to the stage. */
export async function stageLines(tx: Pick<CycleTx, 'client'>, lines: readonly ReadLine[]): Promise<void> {
  const staged: CopyValue[][] = [];
  const records: CopyValue[][] = [];
  const rejects: CopyValue[][] = [];
  for (const { line, outcome } of lines) {
    if (outcome.reject !== undefined) {
      rejects.push([line.number, line.bytes, outcome.reject.code, JSON.stringify(outcome.reject.values)]);
      continue;
    }
    const { key, payload, subscriber } = outcome;
    staged.push([line.number, shardOfKey(key), key, payload, subscriber, line.bytes]);
    for (const { number, meter, startedAt, quantity, attributes } of outcome.records) {
      records.push([line.number, number, meter, startedAt, quantity, JSON.stringify(attributes)]);
    }
  }
  await copyRows(
    tx.client,
    'staged_line',
    ['line_number', 'key_shard', 'line_key', 'payload', 'subscriber', 'raw'],
    staged,
  );
  await copyRows(
    tx.client,
    'staged_record',
    ['line_number', 'number', 'meter', 'started_at', 'quantity', 'attributes'],
    records,
  );
  await copyRows(tx.client, 'staged_reject', ['line_number', 'raw', 'code', 'details'], rejects);
}

/** Which shard remembers a key: seven bits of its hash, whatever subscriber the line names. */
function shardOfKey(key: string): number {
  return createHash('sha256').update(key).digest()[0]! & 127;
}
