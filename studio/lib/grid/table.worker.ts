/**
 * Judges the rows of a table beside the page, so that typing never waits for it; what is known is told five times a second.
 * Also called: web worker, バックグラウンド検査.
 */
import type { JudgedSoFar, TableAsked } from './judged-table.ts';
import { answerInTurn } from './table-answers.ts';

export type TableQuestion = { readonly number: number } & TableAsked;
export type TableAnswer = { readonly number: number } & JudgedSoFar;

const betweenMs = 200;
let newest = 0;

onmessage = ({ data: { number, ...asked } }: MessageEvent<TableQuestion>) => {
  newest = number;
  let due = performance.now() + betweenMs;
  void answerInTurn(asked, {
    isDue: () => performance.now() > due,
    tell: (judged) => postMessage({ number, ...judged } satisfies TableAnswer),
    isStillAsked: async () => {
      await new Promise((heard) => setTimeout(heard));
      due = performance.now() + betweenMs;
      return newest === number;
    },
  });
};
