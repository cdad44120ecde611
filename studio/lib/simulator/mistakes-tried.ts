/**
 * Which small mistakes in the draft would none of its cases notice? One at a time, so that whoever waits sees how far it is.
 * Also called: mutation testing, surviving mutants, 変異テスト、ケースが気づかない誤り.
 */
import { survivorFindings } from '#engine/cases/case-findings.ts';
import { isJudged, judgedOnce, judgesFor, placeOf, scoreOf, type Judged } from '#engine/cases/mutation-run.ts';
import { mutantsOf } from '#engine/cases/mutants.ts';
import type { Case, Diagnostic, Ruleset } from '#schemas/generated/types.ts';
import { draftIn } from './engine-room.ts';

export interface MistakesToTry {
  /** The draft as it stands. */
  readonly text: string;
  /** All other rulesets that it is billed with. */
  readonly others: readonly Ruleset[];
  readonly cases: readonly Case[];
}

export interface MistakesTried {
  readonly tried: number;
  readonly of: number;
  readonly noticed: number;
  /** What the checks would not let be published. */
  readonly refused: number;
  /** The mistakes that nobody would notice, each at its place. */
  readonly survivors: readonly Diagnostic[];
}

/** How it stands after each mistake; nothing at all where no bill can be made of the draft, or it changes none. */
export function* mistakesTried({ text, others, cases }: MistakesToTry): Generator<MistakesTried, void> {
  const { document, isUsable } = draftIn(text);
  if (!isUsable) return;
  const draft = document as Ruleset;
  if (!isJudged(draft)) return;
  const mutants = mutantsOf(draft);
  const judgeOf = judgesFor([...others, draft], cases);
  // Cases are of days on which earlier versions answer: what these say alike, the same cases hold to.
  const versions = [draft, ...others.filter(({ kind, id }) => kind === draft.kind && id === draft.id)].map(
    (version) => ({
      judge: judgeOf(version),
      byPlace: new Map(mutantsOf(version).map((mutant) => [placeOf(version, mutant), mutant])),
    }),
  );
  const judged: Judged[] = [];
  for (const mutant of mutants) {
    const place = placeOf(draft, mutant);
    const ofVersions = versions.flatMap(({ judge, byPlace }) => {
      const same = byPlace.get(place);
      return same === undefined ? [] : [judge(same)];
    });
    judged.push(...judgedOnce(ofVersions));
    const { noticed, refused } = scoreOf(judged);
    yield { tried: judged.length, of: mutants.length, noticed, refused, survivors: survivorFindings(judged) };
  }
}
