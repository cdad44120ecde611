/**
 * Where can a test kill a cycle? At the named steps, by KANADE_FAILPOINT='after-write:3': the third time, the process kills itself.
 * Honoured under NODE_ENV=test alone. Also called: fault injection, chaos, 障害注入.
 */

export type Failpoint = 'after-claim' | 'after-read' | 'mid-compute' | 'after-write' | 'after-commit' | 'before-finish';

let timesReached = 0;

/** Ends the process without a word, as a power cut would, when this is the step and the time that the test named. */
export function mayFailAt(step: Failpoint): void {
  if (process.env['NODE_ENV'] !== 'test') return;
  const [named, time = '1'] = (process.env['KANADE_FAILPOINT'] ?? '').split(':');
  if (named !== step) return;
  timesReached += 1;
  if (timesReached === Number(time)) process.kill(process.pid, 'SIGKILL');
}
