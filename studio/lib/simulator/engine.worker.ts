/**
 * Runs the engine beside the page, so that typing never waits for it. The newest question goes first; what is outdated is dropped.
 * Also called: web worker, バックグラウンド計算.
 */
import type { AccountDocument, Case, Diagnostic } from '#schemas/generated/types.ts';
import { draftIn, EngineRoom, type CaseRun, type Prices, type Setting } from './engine-room.ts';

export interface Question {
  readonly number: number;
  readonly text: string;
  readonly account: AccountDocument | undefined;
  readonly cases: readonly { readonly id: string; readonly document: Case }[];
}

export type Asked = { readonly setting: Setting } | { readonly question: Question };

/** The number says which question it answers. Prices come first, checks last. */
export type Answer = { readonly number: number } & (
  | { readonly prices: Prices; readonly tookMs: number }
  | { readonly cases: readonly CaseRun[] }
  | { readonly checks: readonly Diagnostic[] }
);

/** So long nothing new must come before the cases and checks of a text are worth the while. */
const calmMs = 60;

let room: EngineRoom | undefined;
let waiting: ReturnType<typeof setTimeout> | undefined;

const answer = (each: Answer): void => postMessage(each);

onmessage = ({ data }: MessageEvent<Asked>) => {
  clearTimeout(waiting);
  if ('setting' in data) {
    room = new EngineRoom(data.setting);
    return;
  }
  if (room !== undefined) answerAll(room, data.question);
};

function answerAll(engine: EngineRoom, { number, text, account, cases }: Question): void {
  const started = performance.now();
  const read = draftIn(text);
  if (account !== undefined)
    answer({ number, prices: engine.prices(read, account), tookMs: performance.now() - started });
  waiting = setTimeout(() => {
    if (cases.length > 0) answer({ number, cases: engine.cases(read, cases) });
    waiting = setTimeout(() => answer({ number, checks: engine.checks(read, cases) }));
  }, calmMs);
}
