/**
 * What runs in a worker thread while a change is compared?
 * Only arithmetic: documents and rulesets come in, amounts go out. Also called: impact worker, 影響額の計算.
 */
import { releaseOf } from '#engine/cases/run-cases.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import { compareAmounts, type AmountsCompared } from '#runtime/changes/compare-amounts.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, Ruleset } from '#schemas/generated/types.ts';

export type ToCompare = {
  readonly key: string;
  readonly document: AccountDocument;
  /** The month to look at; null for all that the document asks for. */
  readonly month: string | null;
  /** The rulesets that a case is billed with, when it names them. */
  readonly release?: readonly string[];
};

export type CompareWork = {
  readonly published: readonly Ruleset[];
  readonly draft: Ruleset;
  readonly items: readonly ToCompare[];
};

export default function compareInThread({ published, draft, items }: CompareWork): Map<string, AmountsCompared> {
  const before = compileRelease(published, evaluateSource);
  const after = compileRelease([...published, draft], evaluateSource);
  return new Map(
    items.map(({ key, document, month, release }) => {
      const names = release === undefined ? {} : { release: [...release] };
      return [key, compareAmounts(document, releaseOf(names, before), releaseOf(names, after), month)];
    }),
  );
}
