/** What is an author told of the rows of a price table, taken together? */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import type { SoundSet } from '../../rulesets/sound-set.ts';
import { tableOf, when, type Case } from './provoke.ts';

const rowsOf = (set: SoundSet, ...rows: readonly MatrixPrice['rows'][number]['when'][]): void => {
  tableOf(set).rows = rows.map((when, index) => ({ id: `row-${index + 1}`, when, unitPrice: `${index + 1}` }));
};
const early = { from: '0', to: '9' };
const late = { from: '8', to: null };
const at = '/body/charges/6/price';

export const rowsTogether: readonly Case[] = [
  when('an hour that no row takes', 'table-gap', `${at}/rows`, { use: 'usage.number = …, usage.hour = 9' }, (set) =>
    rowsOf(set, ['0', early], [null, early], [null, { from: '10', to: null }]),
  ),
  when(
    'numbers that begin with something else',
    'table-open',
    `${at}/rows`,
    { fact: 'usage.number', use: 'usage.number = …' },
    (set) => rowsOf(set, ['0', early], ['0', { from: '9', to: '24' }]),
  ),
  when(
    'two rows that both take the hour from 8',
    'rows-overlap',
    `${at}/rows/1`,
    { row: 'row-2', first: 'row-1', use: 'usage.number = …, usage.hour = 8', prices: 'differ' },
    (set) => rowsOf(set, [null, early], [null, late], ['0', null]),
  ),
  when(
    'a row below one that takes anything',
    'row-unreachable',
    `${at}/rows/1`,
    { row: 'row-2', earlier: 'row-1, row-3', policy: 'first' },
    (set) => {
      tableOf(set).hit = 'first';
      rowsOf(set, [null, null], [null, early], ['0', null]);
    },
  ),
  when(
    'a row for an hour that no day has',
    'row-unreachable',
    `${at}/rows/1`,
    { row: 'row-2', earlier: 'none', policy: 'unique' },
    (set) => rowsOf(set, [null, { from: '0', to: '24' }], ['0', { from: '24', to: '30' }]),
  ),
  when(
    'two halves of a day at one price',
    'column-decides-nothing',
    `${at}/columns/1`,
    { fact: 'usage.hour' },
    (set) => {
      rowsOf(set, [null, { from: '0', to: '9' }], [null, { from: '9', to: null }], ['0', null]);
      tableOf(set).rows[1]!.unitPrice = '1';
    },
  ),
  when('a row whose price the next says too', 'row-needless', `${at}/rows/0`, { row: 'row-1' }, (set) => {
    tableOf(set).hit = 'first';
    rowsOf(set, [null, early], [null, { from: '0', to: '12' }], [null, null], ['0', early]);
    tableOf(set).rows[1]!.unitPrice = '1';
  }),
  when('an order that decides nothing', 'hit-policy-unused', `${at}/hit`, { policy: 'first' }, (set) => {
    tableOf(set).hit = 'first';
  }),
  when('rows that meet in order, at one price', 'hit-policy-any-suffices', `${at}/hit`, { policy: 'first' }, (set) => {
    tableOf(set).hit = 'first';
    rowsOf(set, [null, early], [null, { from: '8', to: '12' }], [null, { from: '12', to: null }], ['0', null]);
    tableOf(set).rows[1]!.unitPrice = '1';
  }),
  when(
    'the cheapest of rows for seconds and for minutes',
    'prices-not-comparable',
    `${at}/rows/1`,
    { row: 'row-2', first: 'row-1', policy: 'cheapest' },
    (set) => {
      tableOf(set).hit = 'cheapest';
      rowsOf(set, [null, early], [null, late]);
      tableOf(set).rows[1]!.unitSize = '60';
    },
  ),
  when(
    'two prices for the hour of 8, any of which may answer',
    'rows-overlap',
    `${at}/rows/1`,
    { row: 'row-2', first: 'row-1', use: 'usage.number = …, usage.hour = 8', prices: 'differ' },
    (set) => {
      tableOf(set).hit = 'any';
      rowsOf(set, [null, early], [null, late], ['0', null]);
    },
  ),
  when('two columns that ask the same', 'fact-asked-twice', `${at}/columns/1`, { fact: 'usage.hour' }, (set) => {
    tableOf(set).columns[0] = { fact: 'usage.hour', match: 'range' };
    rowsOf(set, [early, null], [late, early]);
  }),
  when('a column that no row uses', 'column-asks-nothing', `${at}/columns/1`, { fact: 'usage.hour' }, (set) =>
    rowsOf(set, [null, null], ['0', null]),
  ),
  when('hundreds of rows, many of which meet', 'table-too-entangled', at, { rows: '401' }, (set) =>
    entangle(tableOf(set)),
  ),
];

/** Of four hundred rows each takes some hours of some numbers in some months of tenure, and the first from the top goes first. */
function entangle(table: MatrixPrice): void {
  const range = (row: number, width: number, size: number) => {
    const from = (row * width) % size;
    return { from: `${from}`, to: `${from + width}` };
  };
  table.hit = 'first';
  table.columns = ['product.tenureMonths', 'usage.quantity', 'product.quantity', 'customer.age'].map((fact) => ({
    fact,
    match: 'range',
  }));
  table.rows = Array.from({ length: 400 }, (_, row) => ({
    id: `row-${row}`,
    when: [range(row, 97, 400), range(row, 101, 400), range(row, 89, 400), range(row, 103, 400)],
    unitPrice: `${row}`,
  }));
  table.rows.push({ id: 'rest', when: [null, null, null, null], unitPrice: '1' });
}
