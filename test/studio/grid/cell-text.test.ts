/** Does a cell understand what people type and what spreadsheets paste, and write it so that it reads back the same? */
import { describe, expect, it } from 'vitest';
import type { CellShape } from '#lib/grid/columns.ts';
import { cellText, cellValue } from '#lib/grid/cell-text.ts';

const decimal: CellShape = { is: 'decimal', unit: 'amount' };
const fraction: CellShape = { is: 'decimal', unit: 'fraction' };
const upTo: CellShape = { is: 'nullable', inner: { is: 'decimal' } };
const day: CellShape = { is: 'date' };
const until: CellShape = { is: 'nullable', inner: day };
const category: CellShape = { is: 'choice', name: 'TaxCategory', options: ['standard', 'reduced', 'outOfScope'] };
const range: CellShape = { is: 'match', match: 'range', type: 'decimal' };
const prefix: CellShape = { is: 'match', match: 'prefix', type: 'text' };
const kind: CellShape = { is: 'kind', field: 'op', options: ['percentOff', 'free'], titles: ['率で割引', '無料'] };

describe('a text in a cell', () => {
  it.each<[CellShape, string, unknown, string]>([
    // shape    typed              stands for                       because
    [decimal, '1,200', '1200', 'spreadsheets group digits'],
    [decimal, '¥1,200', '1200', 'and name the currency'],
    [decimal, '１２０．５', '120.5', 'Japanese keyboards write full width'],
    [decimal, '−500', '-500', 'a minus sign is no hyphen'],
    [decimal, '007.50', '7.50', 'no digit after the point is lost'],
    [decimal, 'twelve', 'twelve', 'what makes no sense stays, to be seen and mended'],
    [decimal, '', undefined, 'an empty cell is no amount'],
    [fraction, '10%', '0.1', 'a rate is stored as a part of one'],
    [fraction, '0.10', '0.10', 'or was so already'],
    [upTo, '', null, 'nothing is no upper limit'],
    [upTo, '上限なし', null, 'so is saying so'],
    [upTo, '100', '100', 'and a figure is one'],
    [day, '2026/12/1', '2026-12-01', 'Japanese dates have slashes'],
    [day, '2026年12月1日', '2026-12-01', 'or words'],
    [day, '2026/2/30', '2026/2/30', 'a day that is not in the calendar stays to be mended'],
    [until, '期限なし', null, 'no end'],
    [{ is: 'month' }, '2026/4', '2026-04', 'a month too'],
    [{ is: 'integer', minimum: 1, maximum: 12 }, '３か月', 3, 'a unit is understood'],
    [{ is: 'boolean' }, 'はい', true, 'yes in Japanese'],
    [{ is: 'boolean' }, 'no', false, 'no in English'],
    [category, '軽減税率', 'reduced', 'the word of the choice'],
    [category, 'reduced', 'reduced', 'or as it is stored'],
    [category, 'Reduced rate', 'reduced', 'in whichever language'],
    [kind, '無料', 'free', 'a kind by its title'],
    [
      { is: 'tokens', item: { is: 'text', long: false } },
      'base、option, calls',
      ['base', 'option', 'calls'],
      'a list with either comma',
    ],
    [range, '0..12', { from: '0', to: '12' }, 'from, and below'],
    [range, '[0..12)', { from: '0', to: '12' }, 'as mathematicians write it'],
    [range, '0〜12', { from: '0', to: '12' }, 'as Japanese write it'],
    [range, '≥ 50', { from: '50', to: null }, 'no end'],
    [range, '50以上', { from: '50', to: null }, 'no end, in words'],
    [range, '<20', { from: null, to: '20' }, 'no beginning'],
    [range, '-', null, 'anything'],
    [prefix, '080, 090', ['080', '090'], 'one of several'],
    [prefix, '0120', '0120', 'a leading zero is a digit'],
  ])('%o: %s', (shape, typed, value, _because) => {
    expect(cellValue(shape, typed)).toEqual(value);
  });

  it.each<[CellShape, unknown]>([
    [decimal, '1200.50'],
    [upTo, null],
    [upTo, '3'],
    [until, '2026-12-01'],
    [category, 'outOfScope'],
    [kind, 'percentOff'],
    [{ is: 'boolean' }, false],
    [range, { from: '0', to: '12' }],
    [range, { from: '50', to: null }],
    [range, { from: null, to: '20' }],
    [range, null],
    [prefix, ['080', '090']],
    [{ is: 'tokens', item: { is: 'text', long: false } }, ['base', 'calls']],
  ])('is read back as what it was: %o %o', (shape, value) => {
    for (const locale of ['ja', 'en'] as const) expect(cellValue(shape, cellText(shape, value, locale))).toEqual(value);
  });
});
