/**
 * Judges the rows of a table beside the page, so that typing never waits for it; the first findings within a second.
 * Also called: web worker, バックグラウンド検査.
 */
import type { TableFinding } from '#engine/analysis/table-findings.ts';
import { judgedTable, type TableAsked } from './judged-table.ts';

export type TableQuestion = { readonly number: number } & TableAsked;
export interface TableAnswer {
  readonly number: number;
  readonly findings: readonly TableFinding[];
}

const longestMs = 1_000;

onmessage = ({ data: { number, ...asked } }: MessageEvent<TableQuestion>) => {
  const until = performance.now() + longestMs;
  postMessage({ number, findings: judgedTable(asked, () => performance.now() > until) } satisfies TableAnswer);
};
