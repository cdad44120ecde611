/**
 * How fast are the rows of a price table judged together: a carrier's, of which hardly any meet, and one whose rows meet all over the
 * place, beside the page? What is told is first compared with what two rows at a time say.
 * Also called: decision table analysis, 料金表の分析の速さ.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { tableFindings, tableLimits, type TableFinding } from '#engine/analysis/table-findings.ts';
import type { MatrixCell, MatrixPrice } from '#schemas/generated/types.ts';
import { entangledTable, largeTable } from '../engine/analysis/random-tables.ts';
import type { Contest } from './measure.ts';

const ROWS = 1_000;
/** Of a hundred rows so many are widened over others. */
const WIDENED = 4;

export function analysis(): Contest {
  const table = largeTable(ROWS, WIDENED);
  assertPairs(table, all(table, Infinity));
  return {
    name: 'analysis',
    unit: 'tables/s of 1,000 rows × 8 columns',
    against: 'one in 100 milliseconds',
    aim: 1,
    product: { size: 1, run: () => digest(all(table, tableLimits.findings)) },
    reference: 10,
    sameChecksum: false,
  };
}

/** By the clock on the wall, in a thread of its own as beside the page: until the first fifty findings of an entangled table are told. */
export function entangled(): Contest {
  const table = entangledTable(ROWS);
  const worker = new Worker(new URL('./analysis.worker.ts', import.meta.url));
  const asked = async (): Promise<readonly TableFinding[]> => {
    const answer = once(worker, 'message');
    worker.postMessage(table);
    const [found] = (await answer) as [readonly TableFinding[]];
    return found;
  };
  return {
    name: 'entangled',
    unit: 'first 50 findings/s, beside',
    against: 'within a second',
    aim: 1,
    product: {
      size: 1,
      run: async () => {
        const found = await asked();
        if (found.length < 50) throw new Error(`entangled: ${String(found.length)} findings instead of 50`);
        assertMeet(table, found);
        return digest(found);
      },
    },
    reference: 1,
    sameChecksum: false,
    threads: true,
    close: async () => void (await worker.terminate()),
  };
}

const all = (table: MatrixPrice, findings: number): readonly TableFinding[] =>
  [...tableFindings(table, {}, { ...tableLimits, findings })].filter((each) => each !== undefined);

const digest = (found: readonly TableFinding[]): string =>
  createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 16);

/** Whoever meets another is told of, and nobody else. */
function assertPairs(table: MatrixPrice, found: readonly TableFinding[]): void {
  assertMeet(table, found);
  const { rows } = table;
  const told = new Set(found.flatMap((each) => (each.is === 'overlap' ? each.rows : [])));
  const meeting = rows.flatMap(({ when }, row) =>
    rows.some((other, at) => at !== row && rowsMeet(when, other.when)) ? [row] : [],
  );
  if (meeting.length !== told.size || !meeting.every((row) => told.has(row)))
    throw new Error(`analysis: ${String(told.size)} rows told, ${String(meeting.length)} meet others`);
}

function assertMeet({ rows }: MatrixPrice, found: readonly TableFinding[]): void {
  for (const each of found) {
    if (each.is !== 'overlap') continue;
    const [a, b] = each.rows;
    if (!rowsMeet(rows[a]!.when, rows[b]!.when))
      throw new Error(`analysis: rows ${String(a)} and ${String(b)} never meet`);
  }
}

const rowsMeet = (a: readonly MatrixCell[], b: readonly MatrixCell[]): boolean =>
  a.every((cell, column) => cellsMeet(cell, b[column] ?? null));

function cellsMeet(a: MatrixCell, b: MatrixCell): boolean {
  if (a === null || b === null) return true;
  if (isRange(a) && isRange(b)) return isBelow(a.from, b.to) && isBelow(b.from, a.to);
  const [names, others] = [a, b].map((cell) => (Array.isArray(cell) ? cell : [cell]));
  return names!.some((name) => others!.includes(name));
}

const isRange = (cell: MatrixCell): cell is Extract<MatrixCell, { from: unknown }> =>
  typeof cell === 'object' && cell !== null && 'from' in cell;

/** Days compare as they stand, figures by their size. */
function isBelow(from: string | null, to: string | null): boolean {
  if (from === null || to === null) return true;
  return from.includes('-') ? from < to : Number(from) < Number(to);
}
