/**
 * Is the rate of late interest higher than law allows? Also called: R9, 遅延損害金の上限、年 14.6 %（消費者契約法 9 条）.
 * It concerns every billing cycle: whoever pays late does so whatever was bought.
 */
import type { LateChargeLimit, Ruleset } from '#schemas/generated/types.ts';
import { compare, exact } from '#engine/money/exact.ts';
import { daysOf, shared, type Look } from './watched.ts';

export function lookAtLateCharge(ruleset: Ruleset, { rule, profile, known, report }: Look<LateChargeLimit>): void {
  if (ruleset.kind !== 'billingCycle' || ruleset.body.lateInterest === undefined) return;
  const { annualPercent } = ruleset.body.lateInterest;
  if (compare(exact(annualPercent), exact(rule.annualPercent)) <= 0) return;
  if (shared(shared(daysOf(profile, known), rule), daysOf(ruleset, known)) === undefined) return;
  report('law-late-charge', '/body/lateInterest/annualPercent', { percent: annualPercent, limit: rule.annualPercent });
}
