/**
 * Why did a run of a cycle stop before its end? Kept with the run, for whoever comes in the morning.
 * Also called: batch failure, error report, 計算が止まった理由.
 */
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** A refusal's code and values; of anything else the code `cycle-run-failed` with the message for who looks after the machine. */
export type RunFailure = { readonly code: string; readonly values: Readonly<Record<string, string | number>> };

const MOST_CHARACTERS = 500;

export function failureOf(problem: unknown): RunFailure {
  if (problem instanceof Refusal) return { code: problem.code, values: problem.values as RunFailure['values'] };
  const message = problem instanceof Error ? problem.message : String(problem);
  return { code: 'cycle-run-failed', values: { message: message.slice(0, MOST_CHARACTERS) } };
}

/** Writes it at the run, unless the run came to its end all the same. */
export async function keepFailure(
  tx: SqlRunner,
  run: { readonly tenantId: number; readonly cycleId: string; readonly number: number },
  problem: unknown,
): Promise<void> {
  await tx.sql(
    `update cycle_run set failure = $4
     where tenant_id = $1 and cycle_id = $2 and number = $3 and finished_at is null`,
    [run.tenantId, run.cycleId, run.number, JSON.stringify(failureOf(problem))],
  );
}
