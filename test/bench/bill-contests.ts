/**
 * How many typical groups are billed in a second, against the same month written out by hand, and what do uses and a trace
 * cost? Smartphone M in the third contract year and home internet, eight charges, three discounts (5 % for tenure, 500 for
 * the set, half the internet for six months), 250 uses in May 2026, counted while they are read as a cycle does.
 */
import { globSync, readFileSync } from 'node:fs';
import { bill as billed } from '#engine/billing/bill.ts';
import { countedAhead, counterFor } from '#engine/usage/count-ahead.ts';
import { usageOf } from '#runtime/cycles/document-of.ts';
import type { UsageRow } from '#runtime/cycles/group-rows.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, BillingResult, Ruleset, Usage } from '#schemas/generated/types.ts';
import type { Contest, Side } from './measure.ts';

const shipped = new URL('../../rulesets/kanade-mobile/', import.meta.url);
const ACCOUNTS = 200;
const USES = 250;
/** A bill runs through all of the engine: it takes some seconds until all of it has been compiled, and for a trace anew. */
const WARMING_OF_BILLS = 6_000;

interface Groups {
  readonly documents: readonly AccountDocument[];
  /** The bill of uses already counted; with its trace; of uses counted as they are read; and of uses it is given one by one. */
  readonly counted: Side;
  readonly traced: Side;
  readonly counting: Side;
  readonly oneByOne: Side;
}

function groups(): Groups {
  const release = compileRelease(
    globSync('*/*/v*.json', { cwd: shipped }).map(
      (file) => JSON.parse(readFileSync(new URL(file, shipped), 'utf8')) as Ruleset,
    ),
    evaluateSource,
  );
  const documents = Array.from({ length: ACCOUNTS }, (_, index) => accountDocument(index));
  const totalOf = (result: BillingResult): bigint => BigInt(result.bills[0]?.total ?? 'none');
  const counted = documents.map((document) => countedAhead(document, release)!);
  const rows = documents.map(({ usage = [] }) => usage.map(rowOf));
  const side = (run: () => readonly bigint[]): Side => ({ size: ACCOUNTS, run: () => sumOf(run()) });
  const ofCounted = (trace: boolean): Side =>
    side(() => counted.map(({ document, counted }) => totalOf(billed(document, release, { trace, counted }))));
  return {
    documents,
    counted: ofCounted(false),
    traced: ofCounted(true),
    counting: side(() =>
      counted.map(({ document }, index) => {
        const counter = counterFor(document, release)!;
        for (const row of rows[index]!) counter.count(usageOf(row));
        return totalOf(billed(document, release, { counted: counter.counted()! }));
      }),
    ),
    oneByOne: side(() =>
      counted.map(({ document }, index) => totalOf(billed({ ...document, usage: rows[index]!.map(usageOf) }, release))),
    ),
  };
}

/** A hundred thousand a second and core is the aim; the sum of all totals is checked against the month by hand. */
export function bill(): Contest {
  const { documents, counted } = groups();
  const byHand = sumOf(documents.map((document) => BigInt(totalByHand(document.usage ?? []))));
  return {
    name: 'bill',
    unit: 'groups/s',
    against: 'a hundred thousand a second',
    aim: 1,
    product: {
      size: counted.size,
      run: async () => {
        const sum = await counted.run();
        if (sum !== byHand) throw new Error(`bill: the totals come to ${sum}, by hand to ${byHand}`);
        return sum;
      },
    },
    reference: 100_000,
    warmingMs: WARMING_OF_BILLS,
    sameChecksum: false,
  };
}

/** A cycle's group from the rows of its 250 uses: counted as they are read, against a document that holds all of them. */
export function count(): Contest {
  const { counting, oneByOne } = groups();
  return {
    name: 'count',
    unit: 'groups/s with their uses',
    against: 'uses given to the bill one by one',
    aim: 0.9,
    product: counting,
    reference: oneByOne,
    sameChecksum: true,
  };
}

export function trace(): Contest {
  const { counted, traced } = groups();
  return {
    name: 'trace',
    unit: 'groups/s',
    against: 'without a trace',
    aim: 0.2,
    product: traced,
    reference: counted,
    warmingMs: WARMING_OF_BILLS,
    sameChecksum: true,
  };
}

/** As the database gives a use. */
const rowOf = ({ id, product, meter, startedAt, quantity, attributes = {} }: Usage): UsageRow => ({
  ...{ group_id: 'G', event_key: id, product_id: product, meter, started_at: startedAt, quantity },
  ...{ attributes, again: false },
});

const sumOf = (totals: readonly bigint[]): string => totals.reduce((sum, total) => sum + total, 0n).toString();

function accountDocument(index: number): AccountDocument {
  const next = random(index + 1);
  const usage = Array.from({ length: USES }, (_, number): Usage => {
    const startedAt = `2026-05-${two(1 + Math.floor(next() * 31))}T${two(Math.floor(next() * 24))}:${two(Math.floor(next() * 60))}:00`;
    const common = { id: `U-${String(number)}`, product: 'P-1', startedAt };
    if (number >= 200)
      return { ...common, meter: 'data.kilobytes', quantity: String(1 + Math.floor(next() * 2_000_000)) };
    if (number >= 180) return { ...common, meter: 'sms.messages', quantity: '1' };
    const destination = ['fixed', 'mobile', 'mobile', 'navi-dial', 'international'][Math.floor(next() * 5)] ?? 'mobile';
    return {
      ...common,
      meter: 'voice.seconds',
      quantity: String(1 + Math.floor(next() * 900)),
      attributes: { destination },
    };
  });
  return {
    customer: { id: `C-${String(index)}`, type: 'individual' },
    accounts: [{ id: `A-${String(index)}`, billingCycle: 'month-end' }],
    products: [
      {
        id: 'P-1',
        account: `A-${String(index)}`,
        offering: 'smartphone-m',
        event: 'new',
        appliedOn: '2024-04-10',
        startsOn: '2024-04-15',
        endsOn: null,
      },
      {
        id: 'P-2',
        account: `A-${String(index)}`,
        offering: 'home-internet',
        event: 'new',
        appliedOn: '2026-03-20',
        startsOn: '2026-03-20',
        endsOn: null,
      },
    ],
    // As they are read from the database.
    usage: usage.toSorted((a, b) =>
      a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : a.id < b.id ? -1 : 1,
    ),
    periods: { first: '2026-05', last: '2026-05' },
  };
}

/** A month of home internet in its third version. */
const INTERNET = 4800;

/** The month in yen with tax: what somebody would write who knew this plan and nothing else. */
function totalByHand(usage: readonly Usage[]): number {
  let standard = 4200 - 210 - 500 + INTERNET / 2;
  let international = 0;
  let kilobytes = 0;
  for (const { meter, quantity, attributes } of usage) {
    const amount = Number(quantity);
    if (meter === 'sms.messages') standard += 3 * amount;
    else if (meter === 'data.kilobytes') kilobytes += amount;
    else if (attributes?.['destination'] === 'international') international += 60 * Math.ceil(amount / 30);
    else if (attributes?.['destination'] === 'navi-dial') standard += 20 * Math.ceil(amount / 30);
    else standard += 20 * Math.ceil(Math.max(0, amount - 300) / 30);
  }
  const gigabytes = Math.ceil(kilobytes / 1_000_000);
  standard += Math.min(3000, 200 * Math.max(0, Math.min(gigabytes, 30) - 20) + 100 * Math.max(0, gigabytes - 30));
  return standard + Math.floor(standard / 10) + international;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** xorshift32 in [0, 1). */
function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
