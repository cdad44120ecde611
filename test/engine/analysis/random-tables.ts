/** Price tables made by a seed: entangled small ones, and large ones like a carrier's. */
import fc from 'fast-check';
import type { MatrixCell, MatrixColumn, MatrixPrice } from '#schemas/generated/types.ts';

const cellOf = {
  'usage.number': fc.option(
    fc.oneof(fc.constantFrom<MatrixCell[]>('0', '03', '0120', '00'), fc.constant<MatrixCell>(['03', '031'])),
  ),
  'usage.destination': fc.option(
    fc.oneof(fc.constantFrom<MatrixCell[]>('fixed', 'mobile'), fc.constant<MatrixCell>(['fixed', 'mobile'])),
  ),
  'usage.band': fc.option(fc.constantFrom('day', 'night')),
  'usage.hour': fc.option(rangeOf(fc.constantFrom('0', '8', '12', '20', '24'), (a, b) => Number(a) - Number(b))),
  'usage.date': fc.option(
    rangeOf(fc.constantFrom('2026-04-01', '2026-10-01', '2027-01-01'), (a, b) => (a < b ? -1 : 1)),
  ),
} satisfies Record<string, fc.Arbitrary<MatrixCell>>;

const columns: readonly MatrixColumn[] = [
  { fact: 'usage.destination', match: 'equal' },
  { fact: 'usage.number', match: 'prefix' },
  { fact: 'usage.hour', match: 'range' },
  { fact: 'usage.band', match: 'equal' },
  { fact: 'usage.date', match: 'range' },
];

/** Ends that rise, either of which may be open. */
function rangeOf(end: fc.Arbitrary<string>, order: (a: string, b: string) => number): fc.Arbitrary<MatrixCell> {
  return fc
    .tuple(end, end)
    .filter(([from, to]) => order(from, to) < 0)
    .chain(([from, to]) => fc.constantFrom({ from, to }, { from: null, to }, { from, to: null }));
}

export const tables: fc.Arbitrary<MatrixPrice> = fc
  .record({
    hit: fc.constantFrom<MatrixPrice['hit']>('unique', 'any', 'first', 'cheapest', 'dearest'),
    columns: fc.subarray([...columns], { minLength: 1, maxLength: 3 }),
  })
  .chain(({ hit, columns: asked }) =>
    fc
      .array(
        fc.record({
          when: fc.tuple(...asked.map(({ fact }) => cellOf[fact as keyof typeof cellOf])),
          unitPrice: fc.constantFrom('1', '2'),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((rows) => ({
        model: 'matrix',
        hit,
        columns: asked,
        rows: rows.map((row, index) => ({ id: `r${index}`, ...row })),
      })),
  );

/** Numbers below a limit, the same for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const eight: readonly MatrixColumn[] = [
  { fact: 'usage.destination', match: 'equal' },
  { fact: 'usage.hour', match: 'range' },
  { fact: 'usage.band', match: 'equal' },
  { fact: 'usage.date', match: 'range' },
  { fact: 'product.offering', match: 'equal' },
  { fact: 'product.tenureMonths', match: 'range' },
  { fact: 'customer.segment', match: 'equal' },
  { fact: 'product.service', match: 'equal' },
];

/** A tariff of `rows` rows and eight columns: a partition, of which about `shared` in a hundred rows are widened over others. */
export function largeTable(rows: number, shared: number, seed = 1): MatrixPrice {
  const below = dice(seed);
  const bands = [0, 6, 12, 18, 24];
  const years = ['2026-01-01', '2027-01-01', '2028-01-01', '2029-01-01'];
  const whens = Array.from({ length: rows }, (_, row): MatrixCell[] => {
    const hour = row % 4;
    const date = Math.floor(row / 4) % 3;
    const rest = Math.floor(row / 12);
    const tenure = rest % 3;
    const widened = below(100) < shared;
    return [
      `d${Math.floor(rest / 3) % 7}`,
      widened ? null : { from: `${bands[hour]}`, to: `${bands[hour + 1]}` },
      row % 5 === 0 ? ['day', 'night'] : 'day',
      { from: years[date] as string, to: years[date + 1] as string },
      `plan${Math.floor(rest / 21)}`,
      { from: `${tenure * 12}`, to: tenure === 2 ? null : `${tenure * 12 + 12}` },
      null,
      'mobile',
    ];
  });
  const table = whens.map((when, row) => ({ id: `r${row}`, when, unitPrice: `${row}` }));
  return { model: 'matrix', hit: 'unique', columns: [...eight], rows: table };
}

/** Rows drawn at random that meet all over the place. */
export function entangledTable(rows: number, seed = 1): MatrixPrice {
  const below = dice(seed);
  const text = (name: string, of: number): MatrixCell => (below(3) === 0 ? null : `${name}${below(of)}`);
  const range = (size: number): MatrixCell => {
    const from = below(size);
    return below(3) === 0 ? null : { from: `${from}`, to: `${from + 1 + below(size - from)}` };
  };
  const table = Array.from({ length: rows }, (_, row) => ({
    id: `r${row}`,
    when: [text('d', 9), range(24), text('b', 3), null, text('p', 20), range(40), text('s', 5), text('v', 4)],
    unitPrice: `${row}`,
  }));
  return { model: 'matrix', hit: 'unique', columns: [...eight], rows: table };
}
