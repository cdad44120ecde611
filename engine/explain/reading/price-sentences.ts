/**
 * How is a price by quantity said, tier by tier, row by row?
 * Also called: tiers in words, 段階料金・料金表の読み方.
 */
import { exact, plus, ONE, toText } from '#engine/money/exact.ts';
import { labelOf, saidFactValue } from '#engine/explain/said-condition.ts';
import {
  said,
  saidDay,
  saidMoney,
  saidNumber,
  saidPercent,
  type Naming,
  type SaidValue,
} from '#engine/explain/said.ts';
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { MatrixCell, MatrixPrice, PercentagePrice, UsagePrice } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { say } from './page.ts';

/** Of longer tables the first rows are read, and how many there are. */
const MOST_ROWS = 40;

export function priceSentences(price: UsagePrice, naming: Naming): Said[] {
  const money = (amount: string): Said => saidMoney(amount, naming);
  switch (price.model) {
    case 'perUnit':
      return [say('price.perUnit', { price: money(price.unitPrice) })];
    case 'volume':
    case 'graduated':
      return [
        say(`price.${price.model}`),
        ...bands(price.tiers).map(({ row, from, to }) =>
          say('price.tier', {
            from,
            to,
            price: money(row.unitPrice),
            flat: row.flat === undefined || row.flat === '0' ? 'none' : money(row.flat),
          }),
        ),
        ...(price.model === 'volume' && price.bestOf === true ? [say('price.bestOf')] : []),
        ...withoutUse(price.withoutUse, 'due'),
      ];
    case 'doubleFlat':
      return [
        say('price.doubleFlat', {
          price: money(price.unitPrice),
          floor: money(price.floor),
          ceiling: money(price.ceiling),
        }),
      ];
    case 'package':
      return [say('price.package', { size: saidNumber(price.size), price: money(price.price) })];
    case 'steppedFlat':
      return [
        ...bands(price.steps).map(({ row, from, to }) => say('price.step', { from, to, price: money(row.price) })),
        ...withoutUse(price.withoutUse, 'notDue'),
      ];
    case 'percentage':
      return [say('price.percentage', { percent: saidPercent(price.percent) }), ...freeUses(price)];
    case 'matrix':
      return tableSentences(price, naming);
  }
}

/** Said only where it is not what is meant when it is left out. */
const withoutUse = (written: 'due' | 'notDue' | undefined, worthSaying: 'due' | 'notDue'): Said[] =>
  written === worthSaying ? [say(`price.${written}`)] : [];

function freeUses({ freeUses: uses, freeAmount: amount }: PercentagePrice): Said[] {
  if (uses === undefined && amount === undefined) return [];
  return [
    say('price.freeUses', {
      uses: uses === undefined ? 'none' : String(uses),
      amount: amount === undefined ? 'none' : saidNumber(amount),
      both: String(uses !== undefined && amount !== undefined),
    }),
  ];
}

/** Each row with the first and the last quantity that it answers for. */
function bands<Row extends { readonly upTo: string | null }>(
  rows: readonly Row[],
): { row: Row; from: SaidValue; to: SaidValue }[] {
  return rows.map((row, index) => {
    const above = rows[index - 1]?.upTo ?? null;
    return {
      row,
      from: saidNumber(above === null ? '0' : toText(plus(exact(above), ONE))),
      to: row.upTo === null ? 'none' : saidNumber(row.upTo),
    };
  });
}

function tableSentences({ hit, columns, rows }: MatrixPrice, naming: Naming): Said[] {
  const read = rows.slice(0, MOST_ROWS).map(({ when, unitPrice, unitSize, connectFee }) => {
    const cells = columns.flatMap(({ fact, match }, index) => cellSaid(fact, match, when[index] ?? null, naming));
    return say('price.row', {
      when: cells.length === 0 ? say('price.always') : cells,
      price: saidMoney(unitPrice, naming),
      size: unitSize === undefined ? 'none' : saidNumber(unitSize),
      fee: connectFee === undefined ? 'none' : saidMoney(connectFee, naming),
    });
  });
  const rest = rows.length - read.length;
  return [say(`price.table.${hit}`), ...read, ...(rest > 0 ? [say('price.moreRows', { rest: String(rest) })] : [])];
}

/** Nothing for a cell that takes anything. */
function cellSaid(
  fact: string,
  match: MatrixPrice['columns'][number]['match'],
  cell: MatrixCell,
  naming: Naming,
): SaidValue[] {
  if (cell === null) return [];
  const label = labelOf(fact);
  if (typeof cell === 'string' || Array.isArray(cell)) {
    const values = [cell].flat().map((each) => saidFactValue(fact, each, naming));
    const code = match === 'prefix' ? 'startsWith' : values.length === 1 ? 'equal' : 'in';
    return [said(`screen.condition.${code}`, { fact: label, value: values })];
  }
  const bound = (text: string): SaidValue => (isCivilDate(text) ? saidDay(text) : saidNumber(text));
  return [
    say('price.range', {
      fact: label,
      from: cell.from === null ? 'none' : bound(cell.from),
      to: cell.to === null ? 'none' : bound(cell.to),
    }),
  ];
}
