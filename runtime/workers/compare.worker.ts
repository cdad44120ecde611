/**
 * What runs in a worker thread while a change is compared?
 * Only arithmetic: documents and rulesets come in, amounts go out. Also called: impact worker, 影響額の計算.
 */
import type { MessagePort } from 'node:worker_threads';
import { compileRelease } from '#engine/compile/compile-release.ts';
import { compareEach, type AmountsCompared, type ToCompare } from '#runtime/changes/compare-amounts.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Ruleset } from '#schemas/generated/types.ts';

export type CompareWork = {
  readonly before: readonly Ruleset[];
  readonly after: readonly Ruleset[];
  readonly items: readonly ToCompare[];
  /** Is told how many items are done. */
  readonly port?: MessagePort;
};

export default function compareInThread({ before, after, items, port }: CompareWork): Map<string, AmountsCompared> {
  const [was, is] = [compileRelease(before, evaluateSource), compileRelease(after, evaluateSource)];
  return compareEach(items, was, is, (done) => port?.postMessage(done));
}
