/**
 * Which kinds of ruleset are there?
 * Also called: ruleset types, ルールの種類.
 */
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import type { RulesetKind } from '#schemas/generated/types.ts';

export const rulesetKinds = bundle.$defs.RulesetKind.enum as RulesetKind[];
