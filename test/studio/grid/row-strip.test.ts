/** Does the editor say in words where rows meet and leave gaps, and offer the row that closes a gap? */
import { describe, expect, it } from 'vitest';
import { judgedTable } from '#lib/grid/judged-table.ts';
import { cellsFor, useWords } from '#lib/grid/use-words.ts';
import { addRows } from '#lib/grid/table-commands.ts';
import { tablesOf } from '#lib/grid/columns.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { soundSet } from '../../engine/rulesets/sound-set.ts';

const hours = (from: string, to: string) => ({ from, to });
const price: MatrixPrice = {
  model: 'matrix',
  hit: 'unique',
  columns: [
    { fact: 'usage.destination', match: 'equal' },
    { fact: 'usage.hour', match: 'range' },
  ],
  rows: [
    { id: 'mobile-day', when: ['mobile', hours('8', '20')], unitPrice: '30' },
    { id: 'mobile-night', when: ['mobile', hours('19', '24')], unitPrice: '20' },
    { id: 'others', when: [null, hours('0', '8')], unitPrice: '10' },
    { id: 'fixed', when: [['fixed', 'ip-phone'], hours('8', '24')], unitPrice: '8' },
  ],
};
const judged = (of: unknown) =>
  [...judgedTable({ price: of, where: undefined, effective: undefined }, () => false)].at(-1)!.findings;

const inWords = (locale: 'ja' | 'en'): string[] =>
  judged(price).flatMap((each) =>
    'witness' in each ? [`${each.is}: ${useWords(price.columns, each.witness, locale)}`] : [],
  );

describe('of the rows of a tariff', () => {
  it('the hour in which two of them meet is said, and who is left without a price', () => {
    expect(inWords('en').sort()).toEqual([
      'gap: Destination class any other or without a value, Hour in which use began (0 to 23) from 8 to below 24',
      'overlap: Destination class mobile, Hour in which use began (0 to 23) from 19 to below 20',
    ]);
    expect(inWords('ja').sort()).toEqual([
      'gap: 接続先の区分が そのほか か なし、利用開始の時（0〜23）が 8 以上 24 未満',
      'overlap: 接続先の区分が mobile、利用開始の時（0〜23）が 19 以上 20 未満',
    ]);
  });

  it('the row that closes a gap takes what had no price, and the gap is gone', () => {
    const [gap] = judged(price).filter((each) => each.is === 'gap');
    const row = { id: 'rest', when: cellsFor(gap!.witness), unitPrice: '50' };
    expect(row.when).toEqual([null, { from: '8', to: '24' }]);
    const closed = judged({ ...price, hit: 'first', rows: [...price.rows, row] });
    expect(closed.filter((each) => each.is === 'gap')).toEqual([]);
  });

  it('nothing is said while a cell cannot be read', () => {
    expect(judged({ ...price, rows: [{ id: 'a', when: ['x', 'eight'], unitPrice: '1' }] })).toEqual([]);
    expect(judged({ ...price, rows: [{ id: 'a', when: [null], unitPrice: '1' }] })).toEqual([]);
    expect(judged(undefined)).toEqual([]);
  });

  it('a row that is added for a gap stands at the end with those conditions', () => {
    const { ratePlan } = soundSet();
    const table = tablesOf(ratePlan, 'en').find(({ at }) => at === '/body/charges/6/price/rows')!;
    const [command] = addRows(ratePlan, table, table.rows, 1, { when: ['0120', null] });
    expect(command).toMatchObject({ do: 'insert', at: table.at, index: 2, values: [{ when: ['0120', null] }] });
  });
});
