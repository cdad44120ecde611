/**
 * The tariff of `rating-tariff/` written out by hand over typed arrays, as somebody would who knew these three plans and
 * nothing else: the ceiling that rating is compared with. The checksum of a million uses was agreed beforehand.
 */
export const KNOWN_TOTAL = 75_662_584_825_000;

/** Uses, sorted by account. Meters: voice, messages, data. Plans: S, M, L. Destinations: on-net, off-net, international. */
export interface Events {
  readonly count: number;
  readonly accounts: number;
  readonly account: Uint32Array<SharedArrayBuffer>;
  readonly meter: Uint8Array<SharedArrayBuffer>;
  readonly plan: Uint8Array<SharedArrayBuffer>;
  readonly destination: Uint8Array<SharedArrayBuffer>;
  readonly hour: Uint8Array<SharedArrayBuffer>;
  readonly quantity: Uint32Array<SharedArrayBuffer>;
}

/** xorshift32 in [0, 1). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4294967296;
  };
}

export function eventsOf(count = 1_000_000, accounts = count / 50): Events {
  const next = random(42);
  const bytes = (): Uint8Array<SharedArrayBuffer> => new Uint8Array(new SharedArrayBuffer(count));
  const words = (): Uint32Array<SharedArrayBuffer> => new Uint32Array(new SharedArrayBuffer(count * 4));
  const events: Events = {
    count,
    accounts,
    account: words(),
    meter: bytes(),
    plan: bytes(),
    destination: bytes(),
    hour: bytes(),
    quantity: words(),
  };
  for (let i = 0; i < count; i += 1) {
    const account = Math.floor(i / (count / accounts));
    const [forMeter, forDestination] = [next(), next()];
    const meter = forMeter < 0.45 ? 0 : forMeter < 0.65 ? 1 : 2;
    events.account[i] = account;
    events.plan[i] = account % 3;
    events.meter[i] = meter;
    events.destination[i] = forDestination < 0.5 ? 0 : forDestination < 0.92 ? 1 : 2;
    events.hour[i] = Math.floor(next() * 24);
    events.quantity[i] =
      meter === 0 ? 1 + Math.floor(next() * 600) : meter === 1 ? 1 : 1 + Math.floor(next() * 200_000);
  }
  return events;
}

// Micro-yen a block, by plan, meter, destination, off-peak and peak; data has its own tiers.
const MESSAGES = [3_300_000, 3_300_000, 3_300_000, 3_300_000, 110_000_000, 110_000_000];
const DATA = [0, 0, 0, 0, 0, 0];
const RATES = [
  ...[18_150_000, 22_000_000, 19_800_000, 22_000_000, 55_500_000, 66_600_000, ...MESSAGES, ...DATA],
  ...[11_000_000, 15_400_000, 13_200_000, 17_600_000, 44_400_000, 55_000_000, ...MESSAGES, ...DATA],
  ...[5_500_000, 8_800_000, 7_700_000, 9_900_000, 33_300_000, 40_700_000, ...MESSAGES, ...DATA],
];
// By plan and meter.
const INCLUDED = [0, 0, 300_000, 1_800, 5, 600_000, 3_600, 10, 1_000_000];
const BLOCK = [30, 1, 128, 30, 1, 128, 30, 1, 128];
const CAP = [Infinity, Infinity, 4_980e6, 5_500e6, Infinity, 5_980e6, 3_300e6, Infinity, 6_980e6];
const MINIMUM = [11_000_000, 0, 0, 5_500_000, 0, 0, 5_500_000, 0, 0];

/** Micro-yen of each use into `out`, and their sum. */
export function rateByHand(events: Events, out: Float64Array): number {
  const { account, meter, plan, destination, hour, quantity, count, accounts } = events;
  const [rate, included, block] = [Float64Array.from(RATES), Float64Array.from(INCLUDED), Float64Array.from(BLOCK)];
  const [cap, minimum, peak] = [Float64Array.from(CAP), Float64Array.from(MINIMUM), new Uint8Array(24).fill(1, 8, 20)];
  const used = new Float64Array(accounts * 3);
  const blocks = new Float64Array(accounts * 3);
  const spent = new Float64Array(accounts * 3);
  let total = 0;
  for (let i = 0; i < count; i += 1) {
    const m = meter[i]!;
    const key = account[i]! * 3 + m;
    const q = quantity[i]!;
    const of = plan[i]! * 3 + m;
    const now = used[key]! + q;
    used[key] = now;
    let charged = now - included[of]!;
    let amount = 0;
    if (charged > 0) {
      if (charged > q) charged = q;
      const n = Math.ceil(charged / block[of]!);
      if (m !== 2) amount = n * rate[(of * 3 + destination[i]!) * 2 + peak[hour[i]!]!]!;
      else {
        const before = blocks[key]!;
        const after = before + n;
        blocks[key] = after;
        amount =
          Math.max(0, Math.min(after, 2000) - Math.min(before, 2000)) * 82_500 +
          Math.max(0, Math.min(after, 8000) - Math.max(before, 2000)) * 55_000 +
          Math.max(0, after - Math.max(before, 8000)) * 27_500;
      }
      if (amount < minimum[of]!) amount = minimum[of]!;
      const room = cap[of]! - spent[key]!;
      if (amount > room) amount = room;
      spent[key]! += amount;
    }
    out[i] = amount;
    total += amount;
  }
  return total;
}
