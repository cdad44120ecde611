/**
 * Can every row of a price table be read: do its columns ask for facts that exist, and its cells suit them?
 * Also called: matrix, rate deck, 料金表の検査.
 */
import { factDictionary, type FactDefinition } from '#engine/conditions/dictionary.ts';
import type { FactType } from '#engine/conditions/operators.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { MatrixCell, MatrixColumn, MatrixPrice } from '#schemas/generated/types.ts';
import { checkBetween, isWellFormed } from './condition-values.ts';

export function checkPriceTable(table: MatrixPrice, ofUsage: boolean, path: string, report: Report): void {
  const { columns, rows } = table;
  checkComparable(table, path, report);
  columns.forEach(({ fact }, index) => {
    const place = below(path, 'columns', index, 'fact');
    const definition = factDictionary.get(fact);
    if (definition === undefined) report('unknown-fact', place, { fact });
    else if (definition.source === 'usage' && !ofUsage) report('fact-out-of-place', place, { fact });
  });
  columns.forEach((column, index) => checkMatch(column, below(path, 'columns', index, 'match'), report));
  const seen = new Map<string, string>();
  rows.forEach(({ id, when }, index) => {
    const row = below(path, 'rows', index);
    const first = seen.get(id);
    if (first !== undefined) report('duplicate-id', below(row, 'id'), { id, first });
    seen.set(id, first ?? below(row, 'id'));
    const [count, wanted] = [`${when.length}`, `${columns.length}`];
    if (when.length < columns.length) report('too-few-entries', below(row, 'when'), { count, minimum: wanted });
    if (when.length > columns.length) report('too-many-entries', below(row, 'when'), { count, limit: wanted });
    columns.forEach((column, at) => checkCell(column, when[at] ?? null, below(row, 'when', at), report));
  });
}

/** Of two unit prices one is the cheaper only where they are for as many units, and nothing else is charged. */
function checkComparable({ hit, rows }: MatrixPrice, path: string, report: Report): void {
  if (hit !== 'cheapest' && hit !== 'dearest') return;
  const besidePrice = ({ unitSize, connectFee }: MatrixPrice['rows'][number]): string =>
    `${unitSize ?? '-'} ${connectFee ?? '-'}`;
  const [first] = rows;
  rows.forEach((row, index) => {
    if (first === undefined || besidePrice(row) === besidePrice(first)) return;
    report('prices-not-comparable', below(path, 'rows', index), { row: row.id, first: first.id, policy: hit });
  });
}

/** Which facts a way of matching can be asked of. */
const matchable: Readonly<Record<MatrixColumn['match'], readonly FactType[]>> = {
  equal: ['text', 'boolean', 'decimal', 'date'],
  prefix: ['text'],
  range: ['decimal', 'date'],
};

function checkMatch({ fact, match }: MatrixColumn, path: string, report: Report): void {
  const type = factDictionary.get(fact)?.type;
  if (type === undefined || matchable[match].includes(type)) return;
  const allowed = Object.entries(matchable).filter(([, types]) => types.includes(type));
  report('operator-not-for-fact', path, {
    ...{ operator: match, fact, type },
    allowed: allowed.map(([name]) => name).join(', '),
  });
}

/** A range under `range`, one text or several otherwise; null says that anything will do. */
function checkCell({ fact, match }: MatrixColumn, cell: MatrixCell, path: string, report: Report): void {
  const definition = factDictionary.get(fact);
  if (cell === null || definition === undefined) return;
  const isRange = typeof cell === 'object' && !Array.isArray(cell);
  if (isRange !== (match === 'range')) {
    report('value-not-for-operator', path, { operator: match, expected: isRange ? 'text' : rangeOf(definition) });
  } else if (isRange) {
    const { from, to } = cell;
    checkBetween(definition.type === 'date' ? 'date' : 'decimal', { from, to }, path, report);
  } else if (match === 'equal') {
    [cell].flat().forEach((value, index) => {
      const at = Array.isArray(cell) ? below(path, index) : path;
      if (definition.type !== 'list' && !isWellFormed(definition.type, value))
        report(definition.type === 'date' ? 'not-a-date' : 'not-a-decimal', at, { value });
      else if (definition.values !== undefined && !definition.values.includes(value))
        report('value-not-allowed', at, { value, allowed: definition.values.join(', ') });
    });
  }
}

const rangeOf = ({ type }: FactDefinition): string => (type === 'date' ? 'dateRange' : 'decimalRange');
