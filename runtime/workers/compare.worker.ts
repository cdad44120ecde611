/**
 * What runs in a worker thread while a change is compared?
 * Only arithmetic: documents and rulesets come in, amounts go out. Also called: impact worker, 影響額の計算.
 */
import { compileRelease } from '#engine/compile/compile-release.ts';
import { compareEach, type AmountsCompared, type ToCompare } from '#runtime/changes/compare-amounts.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export type CompareWork = {
  readonly before: readonly Ruleset[];
  readonly after: readonly Ruleset[];
  readonly items: readonly ToCompare[];
};

export default function compareInThread({ before, after, items }: CompareWork): Map<string, AmountsCompared> {
  return compareEach(items, compileRelease(before, evaluateSource), compileRelease(after, evaluateSource));
}
