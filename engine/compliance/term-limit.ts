/**
 * Does a term bind for longer than law allows? Also called: R1, 2 年縛りの上限、契約期間の上限.
 */
import type { Ruleset, TermLimit } from '#schemas/generated/types.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { daysOf, shared, watchedOfferings, type Look } from './watched.ts';

/** 24 months are lawful where 24 is the limit, 25 are not. */
export function lookAtTerm(ruleset: Ruleset, look: Look<TermLimit>): void {
  if (ruleset.kind !== 'term' || ruleset.body.months <= look.rule.months) return;
  const own = daysOf(ruleset, look.known);
  const bound = watchedOfferings(look).find(
    ({ offering, days }) => termIdsOf(offering).includes(ruleset.id) && shared(own, days) !== undefined,
  );
  if (bound === undefined) return;
  look.report('law-term-too-long', '/body/months', {
    offering: bound.offering.id,
    months: `${ruleset.body.months}`,
    limit: `${look.rule.months}`,
  });
}
