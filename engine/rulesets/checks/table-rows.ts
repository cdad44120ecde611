/**
 * Do the rows of every price table take each use, and each use once?
 * Also called: gaps and overlaps, completeness, 料金表の網羅性, 行の重なりと隙間.
 */
import type { Witness, TableFinding } from '#engine/analysis/table-findings.ts';
import { tableFindings } from '#engine/analysis/table-findings.ts';
import { idleColumns } from '#engine/analysis/idle-columns.ts';
import { useText } from '#engine/analysis/use-text.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Condition, MatrixPrice, OpenPeriod, Ruleset } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

/** Asked of a ruleset in which nothing else is wrong: rows that cannot be read are not compared. */
export const checkTableRows: Check = (ruleset, _known, report) => {
  for (const { table, where, path } of tablesIn(ruleset)) {
    checkColumns(table, path, report);
    if (!hasOneColumnAFact(table)) continue;
    for (const column of idleColumns(table))
      report('column-decides-nothing', below(path, 'columns', column), { fact: table.columns[column]?.fact ?? '' });
    checkTable({ table, where, path, effective: ruleset.effective }, report);
  }
};

export interface PlacedTable {
  readonly table: MatrixPrice;
  readonly where: Condition | undefined;
  /** The place of the price. */
  readonly path: string;
}

/** Every price table of the ruleset, with what its charge asks of a use beforehand. */
export function tablesIn(ruleset: Ruleset): readonly PlacedTable[] {
  if (ruleset.kind !== 'ratePlan') return [];
  return ruleset.body.charges.flatMap((charge, index) => {
    if (charge.type !== 'usage' && charge.type !== 'quantity') return [];
    const { price } = charge;
    if (price.model !== 'matrix') return [];
    const where = 'where' in charge ? charge.where : undefined;
    return [{ table: price, where, path: `/body/charges/${index}/price` }];
  });
}

/** Columns that ask the same fact depend on one another, and are not judged as if they did not. */
export const hasOneColumnAFact = ({ columns }: MatrixPrice): boolean =>
  new Set(columns.map(({ fact }) => fact)).size === columns.length;

function checkColumns({ columns, rows }: MatrixPrice, path: string, report: Report): void {
  columns.forEach(({ fact }, index) => {
    const place = below(path, 'columns', index);
    if (columns.findIndex((other) => other.fact === fact) < index) report('fact-asked-twice', place, { fact });
    else if (rows.every(({ when }) => when[index] === null)) report('column-asks-nothing', place, { fact });
  });
}

type Judged = PlacedTable & { readonly effective: OpenPeriod };

function checkTable({ table, where, path, effective }: Judged, report: Report): void {
  const met = new Set<number>();
  for (const found of tableFindings(table, { where, effective })) {
    if (found === undefined) continue;
    if (found.is === 'overlap') found.rows.forEach((row) => met.add(row));
    // Where only one row may answer, a row that others hide is told as meeting them; where any may, it need not be told.
    const isTold =
      (table.hit === 'unique' && ((found.is === 'unreachable' && met.has(found.row)) || found.is === 'needless')) ||
      (table.hit === 'any' && (found.is === 'unreachable' ? found.by.length > 0 : found.is === 'needless'));
    if (!isTold) tell(found, table, path, report);
  }
}

function tell(found: TableFinding, table: MatrixPrice, path: string, report: Report): void {
  const at = (row: number): string => below(path, 'rows', row);
  const id = (row: number): string => table.rows[row]?.id ?? '';
  const use = (witness: Witness): string => useText(table, witness);
  switch (found.is) {
    case 'gap': {
      const fact = found.open === null ? undefined : table.columns[found.open]?.fact;
      if (fact === undefined) report('table-gap', below(path, 'rows'), { use: use(found.witness) });
      else report('table-open', below(path, 'rows'), { fact, use: use(found.witness) });
      return;
    }
    case 'overlap': {
      const [first, second] = found.rows;
      const values = {
        row: id(second),
        first: id(first),
        use: use(found.witness),
        prices: found.samePrice ? 'same' : 'differ',
      };
      report('rows-overlap', at(second), values, found.samePrice ? 'warning' : 'error');
      return;
    }
    case 'unreachable':
      report('row-unreachable', at(found.row), {
        row: id(found.row),
        earlier: found.by.length === 0 ? 'none' : found.by.slice(0, 5).map(id).join(', '),
        policy: table.hit,
      });
      return;
    case 'needless':
      report('row-needless', at(found.row), { row: id(found.row) });
      return;
    case 'policy-unused':
      report('hit-policy-unused', below(path, 'hit'), { policy: table.hit });
      return;
    case 'any-suffices':
      report('hit-policy-any-suffices', below(path, 'hit'), { policy: table.hit });
      return;
    case 'cut-short':
      report('table-too-entangled', path, { rows: `${table.rows.length}` });
  }
}
