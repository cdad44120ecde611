/** What does a price table from a file change, and do the commands make the draft say just that? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf } from '#lib/document/commands.ts';
import { applied } from '#lib/document/text-edits.ts';
import { importCommands, importedChanges, isNoChange, placeInFile } from '#lib/grid/imported-table.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';

const priced = (hit: MatrixPrice['hit'], ...rows: readonly (readonly [string, string])[]): MatrixPrice => ({
  model: 'matrix',
  hit,
  columns: [{ fact: 'usage.destination', match: 'equal' }],
  rows: rows.map(([id, unitPrice]) => ({ id, when: [id], unitPrice })),
});

describe('a file', () => {
  const was = priced('unique', ['fixed', '8'], ['mobile', '20'], ['satellite', '90']);
  const is = priced('unique', ['ip-phone', '8'], ['fixed', '8'], ['mobile', '18']);

  it('adds, changes and removes rows, known by their ids', () => {
    const { added, changed, removed, arrangement } = importedChanges(was, is);
    expect(added.map(({ id }) => id)).toEqual(['ip-phone']);
    expect(changed.map((each) => [each.was.unitPrice, each.is.unitPrice])).toEqual([['20', '18']]);
    expect(removed.map(({ id }) => id)).toEqual(['satellite']);
    expect(arrangement).toEqual([]);
  });

  it('that says the same changes nothing', () => {
    expect(isNoChange(importedChanges(was, structuredClone(was)))).toBe(true);
    expect(importCommands('/price', was, was)).toEqual([]);
  });

  it('names the line and the column of what is wrong as the sheet has them', () => {
    expect(placeInFile({ path: '/rows/0/when/0' }, is)).toEqual({ row: 2, column: 'usage.destination' });
    expect(placeInFile({ path: '/rows/3/unitPrice' }, is)).toEqual({ row: 5, column: 'unitPrice' });
    expect(placeInFile({ path: '/hit' }, is)).toBeUndefined();
  });

  it('makes the draft say what it says, and nothing is written anew that stays', () => {
    const table = fc
      .record({
        hit: fc.constantFrom<MatrixPrice['hit']>('unique', 'first'),
        rows: fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.constantFrom('1', '2')), {
          selector: ([id]) => id,
          minLength: 1,
        }),
      })
      .map(({ hit, rows }) => priced(hit, ...rows));
    fc.assert(
      fc.property(table, table, (before, after) => {
        const text = JSON.stringify({ price: before }, null, 2);
        const changed = stepsOf(text, importCommands('/price', before, after)).reduce(applied, text);
        expect(JSON.parse(changed)).toEqual({ price: after });
        if (isNoChange(importedChanges(before, after))) expect(changed).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
