/**
 * What runs in a worker thread while a change is simulated?
 * Only arithmetic: plain values come in and go out. Also called: simulation thread, 試算スレッド.
 */
import { compareOrdered, type OrderedWork } from '#runtime/simulation/compare-ordered.ts';
import { simulate, type Simulated, type SimulationWork } from '#runtime/simulation/simulate.ts';

export default function simulateInThread(work: SimulationWork | OrderedWork): Simulated {
  return 'after' in work ? compareOrdered(work) : simulate(work);
}
