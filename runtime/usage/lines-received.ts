/**
 * What became of the usage lines of certain days?
 * received = accepted + duplicate + rejected + voided, by lines. Also called: usage reconciliation, 受信件数の突合、取込結果の集計.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** Half-open. */
export type Days = { readonly start: CivilDate; readonly end: CivilDate };

export type LinesReceived = {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  /** Refused and not put right or set aside yet. */
  readonly rejected: number;
  readonly voided: number;
};

/**
 * The day to which a file counts, of a `usage_file` called `file` and its `tenant`: the day of use that it was given, else the one in the
 * middle of the use in it; of a file without a line that can be read, the day on which it came in.
 */
export const dayOfFile = 'coalesce(file.given_on, file.used_on, (file.imported_at at time zone tenant.zone)::date)';

/** Of all files of those days. */
export async function linesReceived(tx: SqlRunner, { start, end }: Days): Promise<LinesReceived> {
  const [lines] = await tx.sql<LinesReceived>(
    `select coalesce(sum(received_lines), 0)::float8 as received, coalesce(sum(accepted_lines), 0)::float8 as accepted,
            coalesce(sum(duplicate_lines), 0)::float8 as duplicate, coalesce(sum(rejected_lines), 0)::float8 as rejected,
            coalesce(sum(void_lines), 0)::float8 as voided
     from usage_file file join tenant on tenant.id = file.tenant_id
     where ${dayOfFile} >= $1 and ${dayOfFile} < $2`,
    [start, end],
  );
  return lines!;
}
