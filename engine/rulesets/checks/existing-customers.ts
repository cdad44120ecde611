/**
 * Can what is said of customers who have it already come about?
 * Also called: existing customers, migration check, 既存契約の扱いの検査.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Condition, ConditionNode, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { termIdsOf } from '../terms-of-offering.ts';

export const checkExistingCustomers: Check = (ruleset, known, report) => {
  const { existing, effective } = ruleset;
  if (existing === undefined || existing.mode === 'grandfather') return;
  if (ruleset.kind !== 'ratePlan') return report('existing-without-effect', '/existing', { kind: ruleset.kind });
  if ('date' in existing && existing.date !== undefined && existing.date < effective.from)
    report('existing-date-too-early', '/existing/date', { date: existing.date, from: effective.from });
  if (existing.mode === 'onRenewal') checkRenewal(ruleset, known, report);
  if (existing.mode === 'migrate') checkKnownOnTheDay(existing.cohort, '/existing/cohort', report);
};

/** Somebody who has the plan must have a term that renews. */
function checkRenewal({ id }: RatePlanRuleset, known: Known, report: Report): void {
  if (!known.isWhole('offering', 'term')) return;
  const terms = known
    .ofKind('offering')
    .flatMap((offering) => (offering.body.ratePlan === id ? termIdsOf(offering) : []));
  const renews = known.ofKind('term').some((term) => terms.includes(term.id) && term.body.renewal === 'sameTerm');
  if (!renews) report('no-term-renews', '/existing/mode', { plan: id });
}

/** What is told of a product only when it ends. */
const toldAtTheEnd: readonly string[] = ['product.endsOn', 'product.endReason', 'product.documentDay'];

function checkKnownOnTheDay(node: Condition | ConditionNode, path: string, report: Report): void {
  if ('fact' in node) {
    if (toldAtTheEnd.includes(node.fact)) report('fact-never-known', below(path, 'fact'), { fact: node.fact });
    return;
  }
  if ('not' in node) return checkKnownOnTheDay(node.not, below(path, 'not'), report);
  const [field, parts] = 'all' in node ? (['all', node.all] as const) : (['any', node.any] as const);
  parts.forEach((part, index) => checkKnownOnTheDay(part, below(path, field, index), report));
}
