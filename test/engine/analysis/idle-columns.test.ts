/** Does a column that is said to change no price change none? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleColumns } from '#engine/analysis/idle-columns.ts';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import type { MatrixCell, MatrixPrice } from '#schemas/generated/types.ts';
import { tables } from './random-tables.ts';

/** Values of each fact of which every part of the columns of `tables` has at least one. */
const every: Readonly<Record<string, readonly FactValue[]>> = {
  'usage.destination': ['fixed', 'mobile', 'satellite', null],
  'usage.number': ['0', '00', '03', '031', '0120', '9'],
  'usage.band': ['day', 'night', 'holiday', null],
  'usage.hour': ['0', '8', '12', '20'],
  'usage.date': ['2026-03-31', '2026-04-01', '2026-10-01', '2027-01-01'],
};

function priceOf(table: MatrixPrice, values: readonly FactValue[]): string | undefined {
  const facts = new Map(table.columns.map(({ fact }, index) => [fact, values[index] ?? null]));
  const row = matrixRowFor(table, (fact) => facts.get(fact) ?? null);
  return row === undefined ? undefined : table.rows[row]?.unitPrice;
}

const valuesOf = ({ columns }: MatrixPrice, column: number): readonly FactValue[] =>
  every[columns[column]?.fact ?? ''] ?? [];

const uses = (table: MatrixPrice): FactValue[][] =>
  [...table.columns.keys()].reduce<FactValue[][]>(
    (all, column) => all.flatMap((use) => valuesOf(table, column).map((value) => [...use, value])),
    [[]],
  );

/** Where only one row may answer, rows that meet are told as a fault, and the table is in no order. */
const inOrder = tables.map((table) =>
  table.hit === 'unique' || table.hit === 'any' ? { ...table, hit: 'first' } : table,
);

const hours = (...rows: readonly (readonly [MatrixCell, MatrixCell, string])[]): MatrixPrice => ({
  ...{ model: 'matrix', hit: 'unique' },
  columns: [
    { fact: 'usage.destination', match: 'equal' },
    { fact: 'usage.hour', match: 'range' },
  ],
  rows: rows.map(([destination, hour, unitPrice], index) => ({
    ...{ id: `r${index}`, when: [destination, hour], unitPrice },
  })),
});
const day = { from: '8', to: '20' };
const early = { from: null, to: '8' };
const late = { from: '20', to: null };

describe('a column that changes no price', () => {
  it('changes none, whatever a use says there', () => {
    let idle = 0;
    fc.assert(
      fc.property(inOrder as fc.Arbitrary<MatrixPrice>, (table) => {
        for (const column of idleColumns(table)) {
          idle += 1;
          for (const use of uses(table)) {
            const prices = valuesOf(table, column).map((value) => priceOf(table, use.with(column, value)));
            expect(new Set(prices).size, JSON.stringify(use)).toBe(1);
          }
        }
      }),
      { numRuns: 3_000, seed: 20_261_126 },
    );
    expect(idle).toBeGreaterThan(20);
  });

  // destination and hour, price                                                      which columns change nothing
  it.each([
    ['the same day and night', hours(['fixed', day, '8'], ['fixed', early, '8'], ['fixed', late, '8']), [1]],
    ['dearer by day', hours(['fixed', day, '9'], ['fixed', early, '8'], ['fixed', late, '8']), []],
    ['no price for the evening', hours(['fixed', day, '8'], ['fixed', early, '8']), []],
    [
      'the same day and night, each destination at its own price',
      hours(
        ['fixed', day, '8'],
        ['mobile', day, '16'],
        ['fixed', early, '8'],
        ['fixed', late, '8'],
        ['mobile', null, '16'],
      ),
      [1],
    ],
  ])('is found or not: %s', (_, table, columns) => {
    expect(idleColumns(table)).toEqual(columns);
  });
});
