/**
 * How is a cycle computed, on as many threads as the machine has?
 * Any number of processes may run the same cycle; kill any of them, run it again, and the bills are the same to the byte.
 * Also called: bill run, billing batch, 請求バッチ, 締め処理の実行.
 */
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { App } from '#runtime/app.ts';
import { releaseClaims } from '#runtime/cycles/chunk-claim.ts';
import { finishRun } from '#runtime/cycles/finish.ts';
import type { CycleResults } from '#runtime/cycles/results.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { CycleWork } from '#runtime/workers/cycle.worker.ts';

export type RunOptions = {
  /** How many threads; by default one a core. */
  readonly workers?: number;
  readonly leaseSeconds?: number;
  /** About how many groups a thread reads, computes and writes together. */
  readonly groupsAtOnce?: number;
  /** Stops this process's work; what is done stays done, and running again takes it up. */
  readonly signal?: AbortSignal;
};

type RunApp = Pick<App, 'cyclePool' | 'connection' | 'keys' | 'clock'>;
type Run = { readonly tenantId: number; readonly cycleId: string; readonly number: number };

const LEASE_SECONDS = 30;
const GROUPS_AT_ONCE = 250;
const MOST_THREADS = 128;
const IDLE_MILLISECONDS = 30_000;
const worker = new URL('../workers/cycle.worker.ts', import.meta.url).href;

/** Computes what is left of a cycle that is being rated. Undefined when it was stopped before the end. */
export async function rateCycle(app: RunApp, run: Run, options: RunOptions = {}): Promise<CycleResults | undefined> {
  const { tenantId, cycleId } = run;
  await computeChunks(app, run, options);
  if (options.signal?.aborted === true) return undefined;
  return withCycle(app, async (tx) => {
    const results = await finishRun(tx, tenantId, cycleId);
    if (results !== undefined) {
      await tx.sql(
        `update cycle_run set finished_at = clock_timestamp(), bills = $4, quarantined = $5, total_minor = $6, digest = $7,
           (counted_ahead, counted_whole, counts_in_numbers, counts_in_fractions) =
             (select sum(counted_ahead), sum(counted_whole), sum(counts_in_numbers), sum(counts_in_fractions)
              from chunk where tenant_id = $1 and cycle_id = $2)
         where tenant_id = $1 and cycle_id = $2 and number = $3`,
        [tenantId, cycleId, run.number, results.bills, results.quarantined, results.totalMinor, results.digest],
      );
    }
    return results;
  });
}

/** Hands the cycle to the threads. A thread that is stopped is ended at once, as a crash would; its chunks are given back. */
async function computeChunks(app: RunApp, { tenantId, cycleId, number }: Run, options: RunOptions): Promise<void> {
  const { signal, leaseSeconds = LEASE_SECONDS, groupsAtOnce = GROUPS_AT_ONCE } = options;
  const name = `run ${number}/${process.pid}`;
  const work = {
    connection: app.connection,
    publicKey: app.keys.publicKey,
    tenantId,
    cycleId,
    leaseSeconds,
    groupsAtOnce,
  };
  const shifts = Array.from(
    { length: Math.max(1, options.workers ?? availableParallelism()) },
    (_, thread): CycleWork => ({ ...work, worker: `${name}/${thread}/` }),
  );
  try {
    const stop = signal === undefined ? {} : { signal };
    const isSameBuild = (await Promise.all(shifts.map((shift) => threads().run(shift, stop)))) as boolean[];
    // The sources have changed since this process began.
    if (isSameBuild.includes(false)) throw new Refusal('cycle-other-build');
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    await withCycle(app, (tx) => releaseClaims(tx, { tenantId, id: cycleId }, `${name}/`));
  }
}

/** A bill is forgotten as soon as it is written: with room for a chunk of them, a tenth of the time goes to better things. */
const YOUNG_MEGABYTES = 96;

let pool: Piscina | undefined;

/** The threads of this process, for all of its runs: to start one takes as long as hundreds of bills. Idle ones end in time. */
function threads(): Piscina {
  pool ??= new Piscina({
    filename: worker,
    minThreads: 0,
    maxThreads: MOST_THREADS,
    idleTimeout: IDLE_MILLISECONDS,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  return pool;
}
