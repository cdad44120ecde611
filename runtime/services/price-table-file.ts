/**
 * Take a price table out to another tool's file, and read one from such a file. Nothing is kept: what was read is for the draft.
 * Also called: import, export, Excel, CSV, DMN, 料金表の書き出し・取り込み.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import type { TableRead } from '#runtime/guard/written.ts';
import { isTableFormat, type TableFile } from '#runtime/tables/table-file.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { Refusal } from './refusal.ts';

export type PriceTableToWrite = {
  /** A price of the shape `MatrixPrice`, as it stands in the draft. */
  readonly table: unknown;
  readonly format: string;
  /** What a decision model is called by. */
  readonly name: string;
};

/** Refused with `table-not-sound` while the table is not in order, with `table-format-unknown`, and with `too-much-work`. */
export async function writePriceTable(actor: Actor, { table, format, name }: PriceTableToWrite): Promise<TableFile> {
  authorize(actor, 'ruleset.readDrafts');
  if (!isTableFormat(format)) throw new Refusal('table-format-unknown', { format });
  if (formErrors('MatrixPrice', table).length > 0) throw new Refusal('table-not-sound');
  return guarded({ is: 'tableFile', table: table as MatrixPrice, format, name });
}

/** What is wrong with it comes cell by cell; refused with `too-much-work` beyond the limits of what somebody wrote. */
export function readPriceTable(actor: Actor, file: Uint8Array): Promise<TableRead> {
  authorize(actor, 'ruleset.readDrafts');
  return guarded({ is: 'table', file });
}
