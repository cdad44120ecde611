/**
 * Compute the bills of a cycle: the first time, after a crash, or once more to see that they come out the same.
 * Also called: bill run, trial, 仮締め, 請求計算の実行.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import type { CycleResults } from '#runtime/cycles/results.ts';
import { rateCycle, type RunOptions } from '#runtime/cycles/run.ts';
import { keepFailure } from '#runtime/cycles/run-failure.ts';
import { startRun } from '#runtime/cycles/start.ts';
import { withCycle } from '#runtime/db/scope.ts';

export type CycleToRun = RunOptions & { readonly cycleId: string };

export type StartedRun = {
  readonly cycleId: string;
  readonly run: number;
  /** The results, once the cycle is a trial; undefined when it was stopped before. A page need not wait: `cycleStatus` tells. */
  readonly finished: Promise<CycleResults | undefined>;
};

/** Returns as soon as the run has begun. */
export async function runCycle(app: App, actor: Actor, { cycleId, ...options }: CycleToRun): Promise<StartedRun> {
  authorize(actor, 'cycle.run');
  const { tenantId, personId } = actor;
  const run = await withCycle(app, async (tx) => {
    const number = await startRun(tx, tenantId, cycleId, personId);
    await record(tx, actor, { action: 'cycle.run', object: `cycle/${cycleId}`, details: { run: number } });
    return number;
  });
  const signals = [app.closing.signal, ...(options.signal === undefined ? [] : [options.signal])];
  const finished = rateCycle(app, { tenantId, cycleId, number: run }, { ...options, signal: AbortSignal.any(signals) });
  // Whoever does not wait learns of a failure from the cycle's status: it is stalled, and its run says why.
  const settled = finished.catch((problem: unknown) =>
    withCycle(app, (tx) => keepFailure(tx, { tenantId, cycleId, number: run }, problem)).catch(() => undefined),
  );
  app.atWork.add(settled);
  void settled.finally(() => app.atWork.delete(settled));
  return { cycleId, run, finished };
}
