/**
 * How does usage lie in memory when millions of uses are rated? As columns of numbers: a word is a place in its dictionary.
 * Also called: typed arrays, columnar usage, 列指向, CDR.
 */
import { wholeNumberIn } from '#engine/conditions/decimal-bound.ts';
import type { Usage } from '#schemas/generated/types.ts';

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** A column of words; null where nothing is said. */
export interface Words {
  readonly codes: Codes;
  readonly words: readonly (string | null)[];
}

/** Uses in canonical order (product by product, each by start and then key), one number a column and use. */
export interface UsageColumns {
  readonly count: number;
  /** How many products there are: they are numbered from 0. */
  readonly products: number;
  readonly product: Uint32Array;
  readonly plan: Words;
  readonly meter: Words;
  /** Whole numbers of the meter's unit. */
  readonly quantity: Uint32Array | Float64Array;
  /** What else is known of a use, by the id of the fact, such as usage.destination. */
  readonly facts: Readonly<Record<string, Words>>;
  /** The largest quantity of a use, by meter, and the most uses of a product: from these follows how large an amount may get. */
  readonly largest: readonly number[];
  readonly mostUses: number;
}

/** Some of the uses, whole products of them. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** A use, with the plan that its product is under. */
export interface PlannedUse {
  readonly use: Usage;
  readonly plan: string;
}

/** The uses as columns, or the first use whose quantity is not a whole number of its unit. */
export function columnsOf(uses: readonly PlannedUse[]): UsageColumns | { readonly notWhole: Usage } {
  const ordered = uses.toSorted((a, b) => compareText(keyOf(a.use), keyOf(b.use)));
  const notWhole = ordered.find(({ use }) => wholeNumberIn(use.quantity) < 0);
  if (notWhole !== undefined) return { notWhole: notWhole.use };
  const products = wordsOf(ordered.map(({ use }) => use.product));
  const names = new Set(ordered.flatMap(({ use }) => Object.keys(use.attributes ?? {})));
  const column = (read: (use: Usage) => string | null): Words => wordsOf(ordered.map(({ use }) => read(use)));
  const meter = column((use) => use.meter);
  const quantity = Float64Array.from(ordered, ({ use }) => wholeNumberIn(use.quantity));
  return {
    count: ordered.length,
    products: products.words.length,
    product: Uint32Array.from(products.codes),
    plan: wordsOf(ordered.map(({ plan }) => plan)),
    meter,
    quantity,
    facts: {
      'usage.date': column(({ startedAt }) => startedAt.slice(0, 10)),
      'usage.hour': column(({ startedAt }) => String(Number(startedAt.slice(11, 13)))),
      ...Object.fromEntries(
        [...names].map((name) => [`usage.${name}`, column(({ attributes }) => attributes?.[name] ?? null)]),
      ),
    },
    largest: largestOf(quantity, meter),
    mostUses: mostOf(products),
  };
}

const keyOf = ({ product, startedAt, id }: Usage): string => `${product} ${startedAt} ${id}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function wordsOf(values: readonly (string | null)[]): Words {
  const codes = new Map<string | null, number>();
  const column = values.map((value) => {
    const code = codes.get(value) ?? codes.size;
    codes.set(value, code);
    return code;
  });
  const words = [...codes.keys()];
  const kind = words.length <= 0x100 ? Uint8Array : words.length <= 0x10000 ? Uint16Array : Uint32Array;
  return { codes: kind.from(column), words };
}

function largestOf(quantity: Float64Array, { codes, words }: Words): readonly number[] {
  const largest = words.map(() => 0);
  quantity.forEach((each, use) => {
    const meter = codes[use]!;
    if (each > largest[meter]!) largest[meter] = each;
  });
  return largest;
}

function mostOf({ codes, words }: Words): number {
  const uses = new Uint32Array(words.length);
  for (const code of codes) uses[code]! += 1;
  return uses.reduce((most, each) => Math.max(most, each), 0);
}
