/**
 * How is a release made ready where source text may be evaluated? Its conditions and its price tables become code; the
 * release is the same.
 * Also called: hot reload, リリースの読み込み.
 */
import { remember } from '#engine/conditions/holds.ts';
import { conditionsOf } from '#engine/rulesets/checks/conditions.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import type { MatrixPrice, Ruleset } from '#schemas/generated/types.ts';
import { compileConditions } from './emit-conditions.ts';
import { compileTables } from './emit-tables.ts';
import type { EvaluateSource } from './evaluate-source.ts';

export function compileRelease(rulesets: readonly Ruleset[], evaluateSource: EvaluateSource): Release {
  const conditions = rulesets.flatMap(conditionsOf).map(({ condition }) => condition);
  compileTables(rulesets.flatMap(tablesIn), evaluateSource);
  compileConditions(conditions, evaluateSource).forEach((ready, index) => remember(conditions[index]!, ready));
  return prepareRelease(rulesets, evaluateSource);
}

const tablesIn = (ruleset: Ruleset): readonly MatrixPrice[] =>
  ruleset.kind !== 'ratePlan'
    ? []
    : ruleset.body.charges.flatMap((charge) =>
        charge.type === 'usage' && charge.price.model === 'matrix' ? [charge.price] : [],
      );
