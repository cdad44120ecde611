/**
 * How is a table judged while its author goes on typing? Piece by piece: what is known is told, and whoever asks anew is answered first.
 * Also called: streaming, incremental analysis, 途中経過.
 */
import { judgedTable, type JudgedSoFar, type TableAsked } from './judged-table.ts';

export interface Answering {
  /** Whether it is time to say what is known so far. */
  readonly isDue: () => boolean;
  readonly tell: (judged: JudgedSoFar) => void;
  /** Lets whatever came in meanwhile be heard; false when a newer question is among it. */
  readonly isStillAsked: () => Promise<boolean>;
}

/** Nothing is told twice: between two answers something was found, or it is the last. */
export async function answerInTurn(asked: TableAsked, { isDue, tell, isStillAsked }: Answering): Promise<void> {
  let told = 0;
  for (const judged of judgedTable(asked, isDue)) {
    if (judged.isOver || judged.findings.length > told) tell(judged);
    told = judged.findings.length;
    if (!judged.isOver && !(await isStillAsked())) return;
  }
}
