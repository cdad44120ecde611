/**
 * In which thread are simulations computed?
 * One for each Kanade, begun with the first simulation and let go when nobody simulates any more: two years of bills must not
 * hold up the pages of others. Also called: thread pool, Piscina, スレッドプール.
 */
import { Piscina } from 'piscina';
import type { App } from '#runtime/app.ts';
import type { OrderedWork } from '#runtime/simulation/compare-ordered.ts';
import type { Simulated, SimulationWork } from '#runtime/simulation/simulate.ts';

const worker = new URL('../workers/simulation.worker.ts', import.meta.url).href;
const IDLE_MILLISECONDS = 5 * 60_000;

const pools = new WeakMap<App['closing'], Piscina>();

/** Begins the thread, if it has not begun: whoever opens the page of simulations has it ready when asking. */
export function simulationPool({ closing }: Pick<App, 'closing'>): Piscina {
  const known = pools.get(closing);
  if (known !== undefined) return known;
  const pool = new Piscina({ filename: worker, minThreads: 1, maxThreads: 1, idleTimeout: IDLE_MILLISECONDS });
  pools.set(closing, pool);
  closing.signal.addEventListener('abort', () => void pool.destroy(), { once: true });
  return pool;
}

/** Computes `work` in the thread; `signal` gives up. */
export async function simulateInPool(
  app: Pick<App, 'closing'>,
  work: SimulationWork | OrderedWork,
  signal?: AbortSignal,
): Promise<Simulated> {
  return (await simulationPool(app).run(work, signal === undefined ? {} : { signal })) as Simulated;
}
