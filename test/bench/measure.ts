/** How fast is a computation, and against what? */
import { loadavg } from 'node:os';

/** A way of doing something; `run` gives a checksum of what came out, and how long it took where it was done elsewhere. */
export interface Side {
  /** How many units one run does. */
  readonly size: number;
  readonly run: () => string | Promise<string | Elsewhere>;
}

/** Done by another process, such as a browser, by its own clock. */
export interface Elsewhere {
  readonly checksum: string;
  readonly milliseconds: number;
}

/** Thrown where the machine lacks what a contest needs; its message says what. */
export class NotPossibleHere extends Error {}

export interface Contest {
  readonly name: string;
  readonly unit: string;
  /** What ours is compared with, in a word. */
  readonly against: string;
  /** The ratio to reach. */
  readonly aim: number;
  readonly product: Side;
  /** Another way to do the same, or how many a second are wanted. */
  readonly reference: Side | number;
  /** Both must give the same checksum, unless they do different amounts of work. */
  readonly sameChecksum: boolean;
  /** What lies between the two, by name: measured by turns with them. */
  readonly between?: Readonly<Record<string, Side>>;
  /** Milliseconds until what is measured has been compiled, where that takes longer than it mostly does. */
  readonly warmingMs?: number;
  /** Threads work in parallel: time by the clock on the wall. Otherwise it is the time of the processor, which neighbours do not use up. */
  readonly threads?: true;
  readonly close?: () => Promise<void>;
}

export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly reference: number;
  /** Ours in parts of the reference: 1 is as fast. */
  readonly ratio: number;
  readonly aim: number;
  /** How many a second what lies between the two does. */
  readonly between?: Readonly<Record<string, number>>;
  readonly checksum: string;
  readonly loadavg: number;
  readonly versions: { readonly node: string; readonly kanade: string };
}

const MEASURED_MS = 3_000;
const LEAST_ROUNDS = 5;
/** So many rounds, and so long, that what is to be measured has been compiled. */
const WARMING_ROUNDS = 3;
export const WARMING_MS = 1_500;

/**
 * Both sides by turns, for some seconds: the median of each, and the median of the ratios of the rounds, so that what else
 * the machine does weighs on both. Throws when the checksums differ.
 */
export async function contest(of: Contest, kanade: string): Promise<Result> {
  const { name, unit, against, aim, product, reference, sameChecksum, between = {}, warmingMs = WARMING_MS } = of;
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  const speeds = new Map(Object.keys(between).map((point): [string, number[]] => [point, []]));
  const clock = of.threads === true ? () => performance.now() : processorTime;
  let checksum = '';
  const warmAt = performance.now() + warmingMs;
  for (let round = 0, end = Infinity; performance.now() < end || rounds.length < LEAST_ROUNDS; round += 1) {
    const isWarm = round >= WARMING_ROUNDS && performance.now() >= warmAt;
    if (isWarm && end === Infinity) end = performance.now() + MEASURED_MS;
    const ours = await timed(product, clock);
    const theirs =
      typeof reference === 'number' ? { perSecond: reference, checksum: '' } : await timed(reference, clock);
    if (sameChecksum && ours.checksum !== theirs.checksum)
      throw new Error(`${name}: checksum ${ours.checksum}, ${against} ${theirs.checksum}`);
    if (checksum !== '' && ours.checksum !== checksum) throw new Error(`${name}: a second run gave another result`);
    checksum = ours.checksum;
    for (const [point, side] of Object.entries(between)) {
      const { perSecond } = await timed(side, clock);
      if (isWarm) speeds.get(point)!.push(perSecond);
    }
    if (isWarm) rounds.push({ ours: ours.perSecond, theirs: theirs.perSecond });
  }
  return {
    name,
    value: rounded(median(rounds.map(({ ours }) => ours))),
    unit,
    against,
    reference: rounded(median(rounds.map(({ theirs }) => theirs))),
    ratio: rounded(median(rounds.map(({ ours, theirs }) => ours / theirs))),
    aim,
    ...(speeds.size > 0 && {
      between: Object.fromEntries([...speeds].map(([point, all]) => [point, rounded(median(all))])),
    }),
    checksum,
    loadavg: rounded(loadavg()[0] ?? 0),
    versions: { node: process.versions.node, kanade },
  };
}

async function timed(
  { size, run }: Side,
  clock: () => number,
): Promise<{ readonly perSecond: number; readonly checksum: string }> {
  const started = clock();
  const result = await run();
  const { checksum, milliseconds } =
    typeof result === 'string' ? { checksum: result, milliseconds: clock() - started } : result;
  return { perSecond: (size / Math.max(0.001, milliseconds)) * 1000, checksum };
}

/** Milliseconds that all threads of the process have worked, the collector of garbage included. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Three digits or so. */
const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000);
