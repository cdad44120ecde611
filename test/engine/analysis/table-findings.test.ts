/** Is everything found that is wrong with the rows of a table, and nothing else? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableFindings, tableLimits, type TableFinding, type Within } from '#engine/analysis/table-findings.ts';
import { useText } from '#engine/analysis/use-text.ts';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { cellAnswers, matrixRowFor } from '#engine/tables/matrix.ts';
import type { MatrixCell, MatrixPrice } from '#schemas/generated/types.ts';
import { entangledTable, largeTable, tables } from './random-tables.ts';

const found = (table: MatrixPrice, within?: Within): TableFinding[] =>
  [...tableFindings(table, within)].filter((each) => each !== undefined);

/** In short: what is found, of which rows, with which use. */
const said = (table: MatrixPrice, within?: Within): string[] =>
  found(table, within).map((each) => {
    const rows = 'rows' in each ? each.rows.join(' ') : 'row' in each ? `${each.row}` : '';
    const open = each.is === 'gap' && each.open !== null ? 'open ' : '';
    const by = each.is === 'unreachable' ? ` by ${each.by.join(' ')}` : '';
    return `${open}${each.is} ${rows}${by}${'witness' in each ? useText(table, each.witness) : ''}`.trim();
  });

const asking = (values: readonly FactValue[], { columns }: MatrixPrice) => {
  const facts = new Map(columns.map(({ fact }, index) => [fact, values[index] ?? null]));
  return (fact: string): FactValue => facts.get(fact) ?? null;
};

const answers = (table: MatrixPrice, row: number, values: readonly FactValue[]): boolean =>
  table.columns.every(({ match }, column) => {
    const value = values[column] ?? null;
    // An absent number begins with nothing but the empty prefix.
    return cellAnswers(table.rows[row]?.when[column] ?? null, match, match === 'prefix' ? (value ?? '') : value);
  });

/** Values of each fact of which every part of the columns of `tables` has at least one. */
const every: Readonly<Record<string, readonly FactValue[]>> = {
  'usage.destination': ['fixed', 'mobile', 'satellite', null],
  'usage.number': ['0', '00', '03', '031', '0120', '9'],
  'usage.band': ['day', 'night', 'holiday', null],
  'usage.hour': ['0', '8', '12', '20'],
  'usage.date': ['2026-03-31', '2026-04-01', '2026-10-01', '2027-01-01'],
};

const uses = ({ columns }: MatrixPrice): FactValue[][] =>
  columns.reduce<FactValue[][]>(
    (all, { fact }) => all.flatMap((values) => (every[fact] ?? []).map((value) => [...values, value])),
    [[]],
  );

const rowsOf = (table: MatrixPrice, values: readonly FactValue[]): number[] =>
  [...table.rows.keys()].filter((row) => answers(table, row, values));

describe('a table is found to have', () => {
  it('a gap exactly when some use has no row, and shows one', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const gaps = found(table).filter((each) => each.is === 'gap');
        const unanswered = uses(table).some((values) => matrixRowFor(table, asking(values, table)) === undefined);
        expect(gaps.length > 0).toBe(unanswered);
        for (const { witness } of gaps) {
          expect(matrixRowFor(table, asking(witness.values, table))).toBeUndefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  it('rows that meet exactly when a use has two that fit it equally well and may not, or not at two prices, and shows one', () => {
    const closeness = (table: MatrixPrice, row: number, values: readonly FactValue[]): number => {
      const column = table.columns.findIndex(({ match }) => match === 'prefix');
      const cell = table.rows[row]?.when[column] ?? null;
      const lengths = [cell]
        .flat()
        .map((each) => (typeof each === 'string' && String(values[column]).startsWith(each) ? each.length : 0));
      return Math.max(0, ...lengths);
    };
    fc.assert(
      fc.property(tables, (table) => {
        const overlaps = found(table).filter((each) => each.is === 'overlap');
        const meeting = uses(table).map((values) => {
          const rows = rowsOf(table, values);
          const close = Math.max(...rows.map((row) => closeness(table, row, values)));
          return rows.filter((row) => closeness(table, row, values) === close);
        });
        const pricesOf = (rows: readonly number[]): number =>
          new Set(rows.map((row) => table.rows[row]?.unitPrice)).size;
        const isWrong = (rows: readonly number[]): boolean =>
          table.hit === 'unique' ? rows.length > 1 : table.hit === 'any' && pricesOf(rows) > 1;
        expect(overlaps.length > 0).toBe(meeting.some(isWrong));
        const said = found(table).find((each) => each.is === 'policy-unused' || each.is === 'any-suffices')?.is;
        const isOfMany = table.hit !== 'unique' && table.rows.length > 1;
        if (isOfMany) expect(said === 'policy-unused').toBe(meeting.every((rows) => rows.length < 2));
        if (said === 'any-suffices') expect(meeting.every((rows) => pricesOf(rows) < 2)).toBe(true);
        for (const { rows, witness } of overlaps) {
          expect(rows.map((row) => answers(table, row, witness.values))).toEqual([true, true]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a row that never answers exactly when no use is answered by it', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const unreachable = found(table).flatMap((each) => (each.is === 'unreachable' ? [each.row] : []));
        const answering = new Set(uses(table).map((values) => matrixRowFor(table, asking(values, table))));
        expect(unreachable.sort()).toEqual([...table.rows.keys()].filter((row) => !answering.has(row)));
      }),
      { numRuns: 200 },
    );
  });

  it('a needless row only when every use costs the same without it', () => {
    fc.assert(
      fc.property(tables, (table) => {
        for (const each of found(table)) {
          if (each.is !== 'needless') continue;
          const without = { ...table, rows: table.rows.filter((_, row) => row !== each.row) };
          const priceIn = (of: MatrixPrice, values: readonly FactValue[]) =>
            of.rows[matrixRowFor(of, asking(values, of)) ?? -1]?.unitPrice;
          for (const values of uses(table)) expect(priceIn(without, values)).toBe(priceIn(table, values));
        }
      }),
      { numRuns: 200 },
    );
  });
});

const table = (hit: MatrixPrice['hit'], columns: string, ...rows: MatrixCell[][]): MatrixPrice => ({
  model: 'matrix',
  hit,
  columns: columns.split(' ').map((fact) => ({
    fact: `usage.${fact}`,
    match: fact === 'number' ? 'prefix' : ['hour', 'date'].includes(fact) ? 'range' : 'equal',
  })),
  rows: rows.map((when, index) => ({ id: `r${index}`, when, unitPrice: `${index}` })),
});
const samePrices = (of: MatrixPrice): MatrixPrice => ({
  ...of,
  rows: of.rows.map((row) => ({ ...row, unitPrice: '1' })),
});
const hours = (from: number, to: number): MatrixCell => ({ from: `${from}`, to: `${to}` });

describe('of a tariff', () => {
  it.each<[string, MatrixPrice, string[]]>([
    ['whose night ends at 24 nothing is said', table('unique', 'hour', [hours(0, 8)], [hours(8, 24)]), []],
    [
      'that forgets 22 to 24 the hour is named',
      table('unique', 'hour', [hours(0, 8)], [hours(8, 22)]),
      ['gap usage.hour = 22'],
    ],
    [
      'whose rows both take the eighth hour that hour is named',
      table('unique', 'hour', [hours(0, 9)], [hours(8, 24)]),
      ['overlap 0 1usage.hour = 8'],
    ],
    [
      'with a longer prefix below a shorter one nothing is said: the longer goes first',
      table('unique', 'number', [null], ['0'], ['0120']),
      [],
    ],
    [
      'whose last row comes after one that takes anything, it is never reached',
      table('first', 'destination', ['fixed'], [null], ['mobile']),
      ['unreachable 2 by 1'],
    ],
    [
      'whose rows together hide another, each of them is named',
      table('first', 'hour', [hours(0, 12)], [hours(12, 24)], [hours(6, 18)]),
      ['unreachable 2 by 0 1'],
    ],
    [
      'with an hour that no day has, the row is for nothing',
      table('unique', 'hour', [hours(0, 24)], [hours(24, 30)]),
      ['unreachable 1 by'],
    ],
    [
      'that names two destinations any other is left open',
      table('unique', 'destination', ['fixed'], ['mobile']),
      ['open gap usage.destination = …', 'open gap usage.destination = -'],
    ],
    [
      'in order though no two rows meet, order is for nothing',
      table('first', 'hour', [hours(0, 8)], [hours(8, 24)]),
      ['policy-unused'],
    ],
    [
      'whose rows meet at one price, any of them may answer',
      samePrices(table('any', 'hour', [hours(0, 9)], [hours(8, 24)])),
      [],
    ],
    [
      'whose rows meet at two prices though any may answer, that is told',
      table('any', 'hour', [hours(0, 9)], [hours(8, 24)]),
      ['overlap 0 1usage.hour = 8'],
    ],
    [
      'in an order that decides nothing, since rows that meet have one price, any suffices',
      samePrices(table('first', 'hour', [hours(0, 9)], [hours(8, 24)])),
      ['any-suffices'],
    ],
    [
      'of the cheapest row, a dearer one that takes no more than it never answers',
      table('cheapest', 'hour', [hours(0, 24)], [hours(8, 9)]),
      ['unreachable 1 by 0'],
    ],
    ['of the dearest row, the same two are both needed', table('dearest', 'hour', [hours(0, 24)], [hours(8, 9)]), []],
  ])('%s', (_what, of, expected) => {
    expect(said(of)).toEqual(expected);
  });

  it('only uses that the charge takes need a row', () => {
    const day = table('unique', 'hour', [hours(8, 20)]);
    expect(said(day)).toEqual(['gap usage.hour = 0']);
    const where = { all: [{ fact: 'usage.hour', operator: 'decimalBetween', value: ['8', '20'] }] } as const;
    expect(said(day, { where: { all: [...where.all.map((each) => ({ ...each, value: [...each.value] }))] } })).toEqual(
      [],
    );
  });

  it('a row that the charge never lets a use come to is for nothing', () => {
    const of = table('unique', 'destination', ['fixed'], ['international'], [null]);
    const where = { all: [{ fact: 'usage.destination', operator: 'notEqual' as const, value: 'international' }] };
    expect(said(of, { where }).filter((each) => each.startsWith('unreachable'))).toEqual(['unreachable 1 by']);
  });

  it('no day outside the time of the ruleset needs a row', () => {
    const of = table('unique', 'date', [{ from: '2026-04-01', to: '2027-04-01' }]);
    expect(said(of)).toEqual(['open gap usage.date = 2026-03-31', 'open gap usage.date = 2027-04-01']);
    expect(said(of, { effective: { from: '2026-04-01', to: '2027-04-01' } })).toEqual([]);
  });
});

describe('a table of a thousand rows and eight columns', () => {
  /** Milliseconds of this thread's own work: other processes do not count. */
  const worked = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const timed = (of: MatrixPrice): { ms: number; all: TableFinding[]; first: number } => {
    const started = worked();
    const all: TableFinding[] = [];
    let first = 0;
    for (const each of tableFindings(of)) {
      if (each === undefined) continue;
      all.push(each);
      if (all.length <= 50) first = worked() - started;
    }
    return { ms: worked() - started, all, first };
  };

  it('of which one row in twenty-five meets others is judged in a tenth of a second', () => {
    const of = largeTable(1000, 4);
    const best = Math.min(...[1, 2, 3, 4].map(() => timed(of).ms));
    expect(timed(of).all.some((each) => each.is === 'overlap')).toBe(true);
    expect(best).toBeLessThan(100);
  });

  it('that meet all over the place tells fifty of them within a second', () => {
    const { all, first } = timed(entangledTable(1000));
    expect(all.filter((each) => each.is === 'overlap')).toHaveLength(tableLimits.findings);
    expect(first).toBeLessThan(1000);
  });

  it('may be left by who has no more time', () => {
    const looks = [...tableFindings(entangledTable(1000))].filter((each) => each === undefined);
    expect(looks.length).toBeGreaterThan(10);
  });
});
