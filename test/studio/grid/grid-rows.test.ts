/** Does the grid take what a spreadsheet copies, find what is sought, and cost nothing for rows that nobody looks at? */
import { describe, expect, it } from 'vitest';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { Notes } from '#lib/document/notes.ts';
import { tablesOf } from '#lib/grid/columns.ts';
import { ledTo } from '#lib/grid/grid-keys.ts';
import { blockOf, cellLook, emptyText, findIn, gridRows } from '#lib/grid/grid-rows.ts';

const tax = {
  kind: 'tax',
  body: {
    rates: [
      { category: 'standard', from: '2014-04-01', to: '2019-10-01', rate: '0.08' },
      { category: 'standard', from: '2019-10-01', to: null, rate: '0.10' },
      { category: 'reduced', from: '2019-10-01', to: null, rate: '0.08' },
    ],
  },
};
const [table] = tablesOf(tax, 'ja');
const rows = gridRows(table!, tax.body.rates, new Set(['/body/rates/1']), 'ja');
const column = (path: string): NonNullable<typeof table>['columns'][number] =>
  table!.columns.find((each) => each.path === path)!;

describe('a row', () => {
  it('shows its values in words, and that it priced something', () => {
    expect(rows.map((row) => [row['/category'], row['/to'], row.look])).toEqual([
      ['標準税率', '2019-10-01', ''],
      ['標準税率', '', 'lit'],
      ['軽減税率', '', ''],
    ]);
    expect(emptyText(table!.item, rows[1]!, column('/to'), () => '期限なし')).toBe('期限なし');
  });

  it('shows in the cell what is wrong with it', () => {
    const notes = new Notes([diagnostic('tax-rate-overlap', '/body/rates/2/from', {})]);
    const look = cellLook(table!, column('/from'), rows[2]!, notes, () => 'said');
    expect([look.class['error'], look.title]).toEqual([true, 'said']);
    expect(cellLook(table!, column('/from'), rows[0]!, notes, () => 'said').class['error']).toBe(false);
  });

  it('is made when it is drawn: of 5,000 rows, those that nobody looks at are not read', () => {
    let reads = 0;
    const watched = (): object =>
      new Proxy(tax.body.rates[0]!, {
        get(target, key) {
          reads += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
    const made = gridRows({ ...table!, rows: 5000 }, Array.from({ length: 5000 }, watched), new Set(), 'ja');
    expect([made.length, reads]).toEqual([5000, 0]);
    expect(made[4999]?.['/rate']).toBe('0.08');
    expect(reads).toBeLessThan(100);
  });
});

describe('finding', () => {
  it('finds the cells that say it, row by row', () => {
    expect(findIn(table!, rows, '軽減').map(({ row, column: { path } }) => [row, path])).toEqual([[2, '/category']]);
    expect(findIn(table!, rows, '２０１９-10').map(({ row }) => row)).toEqual([0, 1, 2]);
    expect(findIn(table!, rows, ' ')).toEqual([]);
  });
});

describe('a pasted block', () => {
  it('is cut into cells as spreadsheets copy them', () => {
    expect(blockOf('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(blockOf('1\t\t3')).toEqual([['1', '', '3']]);
    expect(blockOf('a\t')).toEqual([['a', '']]);
    expect(blockOf('"two\nlines"\t"say ""hi"""')).toEqual([['two\nlines', 'say "hi"']]);
    expect(blockOf('alone')).toEqual([['alone']]);
  });
});

describe('a key', () => {
  const from = { row: 30, column: 3 };
  const key = (name: string, ctrlKey = false): { key: string; ctrlKey: boolean; metaKey: boolean } => ({
    key: name,
    ctrlKey,
    metaKey: false,
  });

  it('leads to the edge of the row, of the table, or twenty rows on', () => {
    expect(ledTo(key('Home'), from, 100, 8)).toEqual({ row: 30, column: 0 });
    expect(ledTo(key('End', true), from, 100, 8)).toEqual({ row: 99, column: 7 });
    expect(ledTo(key('PageUp'), from, 100, 8)).toEqual({ row: 10, column: 3 });
    expect(ledTo(key('PageDown'), { row: 95, column: 0 }, 100, 8)).toEqual({ row: 99, column: 0 });
    expect(ledTo(key('x'), from, 100, 8)).toBeUndefined();
  });
});
