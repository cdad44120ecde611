/** Which lists of a ruleset are tables, and what do changes in them do to the document? */
import { describe, expect, it } from 'vitest';
import { stepsOf, type Command } from '#lib/document/commands.ts';
import { valueAt } from '#lib/document/pointer.ts';
import { applied } from '#lib/document/text-edits.ts';
import { resolved, rulesetSchema } from '#lib/form/field-schema.ts';
import { shapeOf } from '#lib/form/field-shape.ts';
import { columnsOf, tablesOf, type Table } from '#lib/grid/columns.ts';
import {
  addMatrixColumn,
  addRows,
  cellCommands,
  duplicateRows,
  moveRows,
  removeMatrixColumn,
  removeRows,
} from '#lib/grid/table-commands.ts';

const envelope = {
  id: 'calls',
  version: 1,
  name: { ja: '通話', en: 'Calls' },
  effective: { from: '2026-12-01', to: null },
  reason: 'First version.',
};
const plan = {
  ...envelope,
  kind: 'ratePlan',
  body: {
    charges: [
      {
        type: 'usage',
        id: 'voice',
        name: { ja: '通話料', en: 'Calls' },
        price: {
          model: 'matrix',
          hit: 'first',
          columns: [
            { fact: 'usage.number', match: 'prefix' },
            { fact: 'usage.hour', match: 'range' },
          ],
          rows: [
            { id: 'mobile', when: ['080', { from: '8', to: '19' }], unitPrice: '20' },
            { id: 'rest', when: [null, null], unitPrice: '10' },
          ],
        },
      },
      { type: 'usage', id: 'data', price: { model: 'graduated', tiers: [{ upTo: null, unitPrice: '1' }] } },
    ],
  },
};
const tenure = {
  ...envelope,
  kind: 'tenureDiscount',
  body: {
    target: { charges: ['base'] },
    steps: [{ fromYear: 1, effect: { op: 'percentOff', percent: '5' } }],
  },
};

const tables = (document: unknown): Table[] => tablesOf(document, 'ja');
const heads = ({ columns }: Table): string[] =>
  columns.map(({ title, group }) => (group === undefined ? title : `${group}/${title}`));
const carriedOut = (document: unknown, commands: readonly Command[]): unknown =>
  JSON.parse(stepsOf(JSON.stringify(document, null, 2), commands).reduce(applied, JSON.stringify(document, null, 2)));

function column(table: Table, path: string): Table['columns'][number] {
  const found = table.columns.find((each) => each.path === path);
  if (found === undefined) throw new Error(path);
  return found;
}

describe('the tables of a ruleset', () => {
  it('are its lists of like things, under the name of what they belong to', () => {
    expect(tables(plan).map(({ at, title, of, rows }) => [at, title, of, rows])).toEqual([
      ['/body/charges/0/price/rows', '行', '通話料', 2],
      ['/body/charges/1/price/tiers', '段階', 'data', 1],
    ]);
  });

  it('have a column for each fact that a matrix asks about, and for what the row costs', () => {
    const [matrix] = tables(plan);
    expect(heads(matrix!)).toEqual([
      '識別子',
      '前方一致/相手先番号',
      '範囲/利用開始の時（0〜23）',
      '名称（日本語）',
      '名称（英語）',
      '単価',
      '単位の大きさ',
      '接続料',
    ]);
  });

  it('have columns for the kind of a nested thing and for every value that some kind has', () => {
    expect(heads(tables(tenure)[0]!)).toEqual([
      '契約年から',
      '効果',
      '効果/割合（%）',
      '効果/割引額',
      '効果/日割で縮める',
      '効果/対象への配分',
      '効果/価格',
    ]);
  });
});

describe('a list of things of several kinds', () => {
  it('is no table: each charge of a rate plan has a form of its own', () => {
    const charges = resolved(rulesetSchema('ratePlan').properties?.['body'] ?? {}).properties?.['charges'] ?? {};
    const shape = shapeOf(charges, 'charges');
    expect(shape.is === 'list' && columnsOf(shape.item, {}, 'en')).toBeUndefined();
  });
});

describe('in a table', () => {
  const [steps] = tables(tenure);
  const [matrix, tiers] = tables(plan);

  it('a cell becomes what was typed, as the schema wants it written', () => {
    const after = carriedOut(
      tenure,
      cellCommands(tenure, steps!, [{ row: 0, column: column(steps!, '/effect/percent'), text: '10%' }]),
    );
    expect(valueAt(after, '/body/steps/0/effect')).toEqual({ op: 'percentOff', percent: '10' });
  });

  it('another kind drops what it does not have', () => {
    const commands = cellCommands(tenure, steps!, [{ row: 0, column: column(steps!, '/effect/op'), text: '無料' }]);
    expect(valueAt(carriedOut(tenure, commands), '/body/steps/0/effect')).toEqual({ op: 'free' });
  });

  it('a block that is pasted over the end brings its rows', () => {
    const texts = [
      ['100', '20'],
      ['200', '15'],
      ['', '10'],
    ];
    const inputs = texts.flatMap((row, index) => [
      { row: index, column: column(tiers!, '/upTo'), text: row[0]! },
      { row: index, column: column(tiers!, '/unitPrice'), text: row[1]! },
    ]);
    expect(valueAt(carriedOut(plan, cellCommands(plan, tiers!, inputs)), tiers!.at)).toEqual([
      { upTo: '100', unitPrice: '20' },
      { upTo: '200', unitPrice: '15' },
      { upTo: null, unitPrice: '10' },
    ]);
  });

  it('a cell that need not be there comes and goes', () => {
    const flat = column(tiers!, '/flat');
    const withFlat = carriedOut(plan, cellCommands(plan, tiers!, [{ row: 0, column: flat, text: '980' }]));
    expect(valueAt(withFlat, `${tiers!.at}/0`)).toEqual({ upTo: null, unitPrice: '1', flat: '980' });
    const without = carriedOut(withFlat, cellCommands(withFlat, tiers!, [{ row: 0, column: flat, text: '' }]));
    expect(valueAt(without, `${tiers!.at}/0`)).toEqual({ upTo: null, unitPrice: '1' });
  });

  it('a cell that stays as it is changes nothing', () => {
    expect(cellCommands(plan, matrix!, [{ row: 0, column: column(matrix!, '/when/1'), text: '8〜19' }])).toEqual([]);
  });

  it('a new row asks for anything, under an id of its own', () => {
    const after = carriedOut(plan, addRows(plan, matrix!, 1));
    expect(valueAt(after, `${matrix!.at}/1`)).toEqual({ id: 'rest-3', when: [null, null], unitPrice: '' });
  });

  it('rows are duplicated, moved and deleted together', () => {
    const ids = (document: unknown): unknown => (valueAt(document, matrix!.at) as { id: string }[]).map(({ id }) => id);
    expect(ids(carriedOut(plan, duplicateRows(plan, matrix!, [0, 1])))).toEqual([
      'mobile',
      'rest',
      'mobile-3',
      'rest-4',
    ]);
    expect(ids(carriedOut(plan, moveRows(matrix!, [1], -1)))).toEqual(['rest', 'mobile']);
    expect(moveRows(matrix!, [0, 1], 1)).toEqual([]);
    expect(ids(carriedOut(plan, removeRows(matrix!, [0])))).toEqual(['rest']);
  });

  it('a fact more is a column more in every row, and one fewer again', () => {
    const more = carriedOut(plan, addMatrixColumn(plan, matrix!, 'usage.band', 'equal'));
    expect(valueAt(more, `${matrix!.at}/0/when`)).toEqual(['080', { from: '8', to: '19' }, null]);
    const [wider] = tables(more);
    expect(carriedOut(more, removeMatrixColumn(more, wider!, 2))).toEqual(plan);
  });
});
