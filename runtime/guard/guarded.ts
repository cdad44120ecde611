/**
 * Where does the product look at what somebody wrote? In one guarded thread; what takes too much is refused.
 * Also called: input guard, ポイズン対策.
 */
import { Refusal } from '#runtime/services/refusal.ts';
import { Guard, type Guarded, type GuardLimits } from './guard.ts';
import type { Answered, Faulty, Written } from './written.ts';

/** Of one ruleset among the others of its operator, with its cases, or one page: far more than any of ours needs, on a busy machine too. */
const writtenLimits: GuardLimits = { milliseconds: 10_000, megabytes: 256 };
/** Of whole folders of files, on the command line. */
const folderLimits: GuardLimits = { milliseconds: 60_000, megabytes: 1_024 };

const worker = new URL('../workers/written.worker.ts', import.meta.url);
const guard = new Guard<Written, unknown>(worker, writtenLimits);
const folders = new Guard<Written, unknown>(worker, folderLimits);

/** The answer of `answerTo`. Refused with `too-much-work` by what takes more time or memory than `writtenLimits` gives. */
export async function guarded<W extends Written>(written: W): Promise<Answered<W>> {
  return answerOf<W>(await guard.run(written), writtenLimits);
}

/** The same for whole folders, with a thread of their own. */
export async function guardedFolder<W extends Written>(written: W): Promise<Answered<W>> {
  return answerOf<W>(await folders.run(written), folderLimits);
}

/** One after another in that thread, each within the limits. */
export async function guardedInTurn<W extends Written>(works: readonly W[]): Promise<readonly Answered<W>[]> {
  const answers: Answered<W>[] = [];
  for (const written of works) answers.push(await guardedFolder(written));
  return answers;
}

function answerOf<W extends Written>(answer: Guarded<unknown>, { milliseconds, megabytes }: GuardLimits): Answered<W> {
  if ('result' in answer) {
    const { result } = answer;
    if (isFaulty(result)) throw new Refusal(result.faulty.code, result.faulty.values, 422);
    return result as Answered<W>;
  }
  throw new Refusal('too-much-work', { beyond: answer.beyond, seconds: milliseconds / 1000, megabytes });
}

const isFaulty = (result: unknown): result is Faulty =>
  typeof result === 'object' && result !== null && 'faulty' in result;
