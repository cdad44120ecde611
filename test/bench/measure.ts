/** How fast is a computation, and against what? */
import { loadavg } from 'node:os';

export interface Contest {
  readonly name: string;
  readonly unit: string;
  /** How many units one run of either does. */
  readonly size: number;
  /** Both give a checksum of their results; a difference ends the contest. */
  readonly product: () => string;
  readonly reference: () => string;
}

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: number;
  /** Ours in parts of the reference: 1 is as fast. */
  readonly ratio: number;
  readonly checksum: string;
  readonly loadavg: number;
  readonly versions: { readonly node: string; readonly kanade: string };
}

const MEASURED_MS = 1500;

/** The median of the runs within a second and a half, after one to warm up. Throws when the checksums differ. */
export function contest({ name, unit, size, product, reference }: Contest, kanade: string): Result {
  const [ours, theirs] = [timed(product), timed(reference)];
  if (ours.checksum !== theirs.checksum)
    throw new Error(`${name}: checksum ${ours.checksum}, by hand ${theirs.checksum}`);
  const perSecond = (ms: number): number => Math.round((size / ms) * 1000);
  return {
    name,
    value: perSecond(ours.ms),
    unit,
    reference: perSecond(theirs.ms),
    ratio: Math.round((theirs.ms / ours.ms) * 1000) / 1000,
    checksum: ours.checksum,
    loadavg: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    versions: { node: process.versions.node, kanade },
  };
}

function timed(run: () => string): { readonly ms: number; readonly checksum: string } {
  const checksum = run();
  const times: number[] = [];
  for (const end = performance.now() + MEASURED_MS; performance.now() < end || times.length < 3;) {
    const started = performance.now();
    if (run() !== checksum) throw new Error('a second run gave another result');
    times.push(performance.now() - started);
  }
  return { ms: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0, checksum };
}
