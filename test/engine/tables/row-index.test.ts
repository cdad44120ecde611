/** Do the index of a table and its code find the row that one would find reading from the top? */
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTables, emitTables, LARGEST_TABLE } from '#engine/compile/emit-tables.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';

type Cell = MatrixPrice['rows'][number]['when'][number];
type Column = MatrixPrice['columns'][number];

const columns: readonly Column[] = [
  { fact: 'usage.destination', match: 'equal' },
  { fact: 'usage.band', match: 'equal' },
  { fact: 'product.offering', match: 'equal' },
  { fact: 'usage.hour', match: 'range' },
  { fact: 'usage.number', match: 'prefix' },
];

const text = fc.constantFrom('a', 'b', 'c', 'd');
const prefix = fc.constantFrom('', '0', '03', '031', '04');
const hour = fc.constantFrom('7', '8', '9', '19', '20');
const open = fc.constant(null);
const cellFor: Readonly<Record<Column['match'], Arbitrary<Cell>>> = {
  equal: fc.oneof({ weight: 3, arbitrary: text }, open, fc.array(text, { minLength: 1, maxLength: 3 })),
  range: fc.oneof(open, fc.record({ from: fc.option(hour, { nil: null }), to: fc.option(hour, { nil: null }) })),
  prefix: fc.oneof({ weight: 3, arbitrary: prefix }, open, fc.array(prefix, { minLength: 1, maxLength: 2 })),
};

const table: Arbitrary<MatrixPrice> = fc.subarray([...columns], { minLength: 1 }).chain((some) =>
  fc
    .record({
      hit: fc.constantFrom<MatrixPrice['hit']>('unique', 'any', 'first', 'cheapest', 'dearest'),
      rows: fc.array(
        fc.record({
          when: fc.tuple(...some.map(({ match }) => cellFor[match])),
          unitPrice: fc.constantFrom('1', '2', '9.5', '10'),
        }),
        { minLength: 1, maxLength: 60 },
      ),
    })
    .map(({ hit, rows }): MatrixPrice => ({
      model: 'matrix',
      hit,
      columns: [...some],
      rows: rows.map((row, index) => ({ id: `R-${String(index)}`, ...row })),
    })),
);

const use = fc.record({
  'usage.destination': fc.constantFrom('a', 'b', 'c', 'd', 'e', null),
  'usage.band': fc.constantFrom('a', 'b', null),
  'product.offering': fc.constantFrom('a', 'b', 'c', 'x'),
  'usage.hour': fc.constantFrom('0', '7', '8', '10', '19', '23'),
  'usage.number': fc.constantFrom('0311', '0455', '09', '', null),
});

/** Row by row: whoever reads the table with a finger. Of those that answer, the longest prefix, then the price, then the first. */
function byFinger(
  { hit, columns: of, rows }: MatrixPrice,
  facts: Readonly<Record<string, string | null>>,
): number | undefined {
  let best: { readonly row: number; readonly length: number; readonly price: number } | undefined;
  rows.forEach(({ when, unitPrice }, row) => {
    let length = 0;
    const fits = of.every(({ fact, match }, column) => {
      const cell = when[column] ?? null;
      const value = facts[fact] ?? null;
      if (cell === null) return true;
      if (match === 'prefix') {
        const lengths = [cell]
          .flat()
          .flatMap((start) => ((value ?? '').startsWith(start as string) ? [(start as string).length] : []));
        length = Math.max(...lengths);
        return lengths.length > 0;
      }
      if (value === null) return false;
      if (typeof cell === 'string') return cell === value;
      if (Array.isArray(cell)) return cell.includes(value);
      return (
        (cell.from === null || Number(value) >= Number(cell.from)) &&
        (cell.to === null || Number(value) < Number(cell.to))
      );
    });
    const price = hit === 'cheapest' ? -Number(unitPrice) : hit === 'dearest' ? Number(unitPrice) : 0;
    if (!fits || length < (best?.length ?? 0) || (length === best?.length && price <= best.price)) return;
    best = { row, length, price };
  });
  return best?.row;
}

describe('a price table', () => {
  it('answers with the row that its hit policy puts first, of prefixes the longest', () => {
    const answers = { row: 0, none: 0 };
    fc.assert(
      fc.property(table, fc.array(use, { minLength: 8, maxLength: 8 }), (price, uses) => {
        const asCode = { ...price };
        compileTables([asCode], evaluateSource);
        for (const facts of uses) {
          const expected = byFinger(price, facts);
          const factOf = (id: string): string | null => facts[id as keyof typeof facts] ?? null;
          expect(matrixRowFor(price, factOf)).toBe(expected);
          expect(matrixRowFor(asCode, factOf)).toBe(expected);
          answers[expected === undefined ? 'none' : 'row'] += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(answers.row, answers.none)).toBeGreaterThan(1_000);
  });

  it.each([2, 31, 32, 33, 64, 97])('answers alike where a column names %s texts', (texts) => {
    const cell = fc.oneof({ weight: 4, arbitrary: fc.nat(texts - 1).map((n) => `t${String(n)}`) }, open);
    const row = fc.tuple(cell, cell, cell);
    const asked = fc.array(
      fc.nat(texts).map((n) => `t${String(n)}`),
      { minLength: 3, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 150, maxLength: 300 }),
        fc.array(asked, { minLength: 40, maxLength: 40 }),
        (rows, questions) => {
          const price: MatrixPrice = {
            model: 'matrix',
            hit: 'first',
            columns: columns.slice(0, 3),
            rows: rows.map((when, index) => ({ id: `R-${String(index)}`, when, unitPrice: '1' })),
          };
          for (const values of questions) {
            const facts = Object.fromEntries(price.columns.map(({ fact }, column) => [fact, values[column]!]));
            expect(matrixRowFor(price, (id) => facts[id]!)).toBe(byFinger(price, facts));
          }
        },
      ),
      { numRuns: 5 },
    );
  });

  it('is code in functions of a hundred rows, up to a thousand; larger ones and those by prefix keep their index', () => {
    const of = (rows: number, more: readonly Column[] = []): MatrixPrice => ({
      model: 'matrix',
      hit: 'first',
      columns: [columns[0]!, ...more],
      rows: Array.from({ length: rows }, (_, row) => ({
        ...{ id: `R-${row}`, when: [`t${row}`, ...more.map(() => '03')], unitPrice: '1' },
      })),
    });
    const { tables, source } = emitTables([of(LARGEST_TABLE), of(LARGEST_TABLE + 1), of(5, [columns[4]!])]);
    expect(tables.map((pieces) => pieces?.length)).toEqual([10, undefined, undefined]);
    // Rows that differ in their texts only are one function.
    expect(source.split('=>')).toHaveLength(2);
    const price = of(LARGEST_TABLE);
    compileTables([price], evaluateSource);
    for (const row of [0, 99, 100, 999]) expect(matrixRowFor(price, () => `t${row}`)).toBe(row);
    expect(matrixRowFor(price, () => 't1000')).toBeUndefined();
  });

  it('that lists eighty names in each of three columns is not indexed by the half million combinations of them', () => {
    const some = columns.slice(0, 3);
    const names = (row: number): string[] => Array.from({ length: 80 }, (_, name) => `t${name + row}`);
    const rows = Array.from({ length: 40 }, (_, row) => ({
      ...{ id: `R-${row}`, when: some.map(() => names(row)), unitPrice: '1' },
    }));
    const price: MatrixPrice = { model: 'matrix', hit: 'first', columns: some, rows };
    // Row 5 is the first that has t84, row 39 the last that has any.
    const expected = [0, 5, 39, undefined];
    const found = (): (number | undefined)[] =>
      ['t0', 't84', 't118', 't119'].map((name) => matrixRowFor(price, () => name));
    const started = process.cpuUsage();
    expect(found()).toEqual(expected);
    // Seconds, and half a gigabyte, where each combination has its own place.
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_500);
    const { source } = emitTables([price]);
    expect(source.split('=>').length - 1).toBe(1);
    expect(source.length).toBeLessThan(6_000);
    compileTables([price], evaluateSource);
    expect(found()).toEqual(expected);
  });

  it('tells rows apart by the last of many columns, too', () => {
    const WIDTH = 10;
    const many = Array.from({ length: WIDTH }, (_, column): Column => ({ fact: `usage.f${column}`, match: 'equal' }));
    const like = (column: number, number: number): string[] =>
      many.map((_, at) => (at === column ? `t${number}` : 't0'));
    // Ten rows differ in each of the columns: so many are left of a hundred when all columns but the last are told apart.
    const rows = Array.from({ length: 100 }, (_, row) => ({
      ...{ id: `R-${row}`, when: like(row % WIDTH, 1 + Math.floor(row / WIDTH)), unitPrice: '1' },
    }));
    const price: MatrixPrice = { model: 'matrix', hit: 'first', columns: many, rows };
    for (let column = 0; column < WIDTH; column += 1) {
      for (let number = 0; number <= 11; number += 1) {
        const values = like(column, number);
        const facts = Object.fromEntries(many.map(({ fact }, at) => [fact, values[at]!]));
        expect(matrixRowFor(price, (id) => facts[id]!)).toBe(byFinger(price, facts));
      }
    }
  });
});
