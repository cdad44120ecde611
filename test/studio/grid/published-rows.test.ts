/** Does the author see in the table what is published, and which rows came and went? */
import { describe, expect, it } from 'vitest';
import { Notes } from '#lib/document/notes.ts';
import { tablesOf, type Table } from '#lib/grid/columns.ts';
import { drawnColumn } from '#lib/grid/drawn-columns.ts';
import { gridRows, textBefore } from '#lib/grid/grid-rows.ts';
import { isSame, publishedRows, samePlace, type PublishedRows } from '#lib/grid/published-rows.ts';
import { rowsOf } from '#lib/grid/table-commands.ts';

const destination = (id: string, unitPrice: string) => ({ id, when: [id], unitPrice });
const calls = (rows: unknown[]) => ({
  type: 'usage',
  id: 'calls',
  price: { model: 'matrix', hit: 'unique', columns: [{ fact: 'usage.destination', match: 'equal' }], rows },
});
const plan = (...charges: unknown[]) => ({ kind: 'ratePlan', body: { charges } });
const tax = (...rates: unknown[]) => ({ kind: 'tax', body: { rates } });
const rate = (from: string, percent: string) => ({ category: 'standard', from, to: null, rate: percent });

function compared(published: unknown, draft: unknown): PublishedRows & { readonly table: Table } {
  const [table] = tablesOf(draft, 'ja');
  return { ...publishedRows(published, draft, table!), table: table! };
}

const published = plan(calls([destination('fixed', '8'), destination('mobile', '16'), destination('navi', '10')]));

describe('rows with an id', () => {
  it('are the same wherever they stand, new when nothing of the id is published, gone when they no longer are', () => {
    const draft = plan(
      { type: 'recurring', id: 'base', price: '500' },
      calls([destination('mobile', '18'), destination('fixed', '8'), destination('satellite', '300')]),
    );
    const { before, removed } = compared(published, draft);
    expect(before).toEqual([destination('mobile', '16'), destination('fixed', '8'), undefined]);
    expect(removed).toEqual([{ value: destination('navi', '10'), index: 3 }]);
  });

  it('say the same in whatever order their fields are written', () => {
    expect(
      isSame(
        { id: 'fixed', when: ['a', { from: '1', to: null }] },
        { when: ['a', { to: null, from: '1' }], id: 'fixed' },
      ),
    ).toBe(true);
    expect(isSame({ id: 'fixed', when: [] }, { id: 'fixed', when: {} })).toBe(false);
    expect(isSame({ id: 'fixed' }, { id: 'fixed', fee: '5' })).toBe(false);
  });

  it('are found in a charge that stands elsewhere now', () => {
    const draft = plan({ type: 'recurring', id: 'base' }, calls([]));
    expect(samePlace(draft, published, '/body/charges/1/price/rows')).toBe('/body/charges/0/price/rows');
    expect(samePlace(draft, published, '/body/charges/0')).toBeUndefined();
  });

  it('went from before the row that now stands there', () => {
    const draft = plan(calls([destination('fixed', '8'), destination('navi', '10')]));
    expect(compared(published, draft).removed).toEqual([{ value: destination('mobile', '16'), index: 1 }]);
  });

  it('are all new in a charge that is new', () => {
    const { before, removed } = compared(plan(), published);
    expect([before, removed]).toEqual([[undefined, undefined, undefined], []]);
  });
});

describe('rows without an id', () => {
  it('are known by what they begin and end with alike', () => {
    const was = tax(rate('2014-04-01', '0.08'), rate('2019-10-01', '0.10'));
    const now = tax(rate('2014-04-01', '0.08'), rate('2018-01-01', '0.09'), rate('2019-10-01', '0.10'));
    expect(compared(was, now).before).toEqual([was.body.rates[0], undefined, was.body.rates[1]]);
    expect(compared(now, was).removed).toEqual([{ value: rate('2018-01-01', '0.09'), index: 1 }]);
  });
});

describe('a cell', () => {
  const was = tax(rate('2014-04-01', '0.08'), rate('2019-10-01', '0.10'));
  const now = tax(rate('2014-04-01', '0.08'), rate('2019-10-01', '0.12'), rate('2030-01-01', '0.15'));
  const { table, ...pairs } = compared(was, now);
  const rows = gridRows(table, rowsOf(now, table), new Set(), 'ja', pairs);
  const column = table.columns.find(({ path }) => path === '/rate')!;

  it('says what was published only where it says something else now', () => {
    expect(rows.map((row) => textBefore(row, column, 'ja'))).toEqual([undefined, '0.10', undefined]);
    expect(rows.map(({ look }) => look)).toEqual(['', '', 'added']);
  });

  it('is drawn with the published value struck through before it', () => {
    const drawn = drawnColumn(column, {
      ...{ table, locale: 'ja', notes: () => new Notes([]), said: () => '', none: () => '' },
      published: (text) => `公開中: ${text}`,
    });
    const create = (tag: string, props: { class?: string }, inner: unknown) => [tag, props.class, inner];
    const cell = { model: rows[1], value: '0.12' } as never;
    expect(drawn.cellTemplate?.(create as never, cell, undefined)).toEqual([
      ['del', 'was', '0.10'],
      ['span', undefined, '0.12'],
    ]);
    expect(drawn.cellProperties?.(cell)).toMatchObject({ class: { changed: true }, title: '公開中: 0.10' });
  });
});
