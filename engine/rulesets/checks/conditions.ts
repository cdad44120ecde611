/**
 * Can every condition be answered: do its facts exist, does the operator suit the fact, and the value the operator?
 * Also called: type check of conditions, 条件の検査.
 */
import { factDictionary, type FactDefinition } from '#engine/conditions/dictionary.ts';
import { operators } from '#engine/conditions/operators.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Comparison, Condition, ConditionNode, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { limits } from '../limits.ts';
import { checkValue } from './condition-values.ts';

/** A condition, where it stands, and whether it is asked of usage. */
interface Place {
  readonly condition: Condition;
  readonly path: string;
  readonly ofUsage: boolean;
  /** The meter whose usage is asked. */
  readonly meter?: string;
}

export const checkConditions: Check = (ruleset, known, report) => {
  for (const place of conditionsOf(ruleset)) {
    if (isWithinLimits(place, report)) checkPlace(place, known, report);
  }
};

/** Every condition of the ruleset. */
export function conditionsOf(ruleset: Ruleset): Place[] {
  const { existing } = ruleset;
  const cohort: Place[] =
    existing?.mode === 'migrate' ? [{ condition: existing.cohort, path: '/existing/cohort', ofUsage: false }] : [];
  return [...cohort, ...conditionsOfBody(ruleset)];
}

function conditionsOfBody(ruleset: Ruleset): Place[] {
  const found = (condition: Condition | undefined, path: string): Place[] =>
    condition === undefined ? [] : [{ condition, path, ofUsage: false }];
  const ofUse = (condition: Condition | undefined, path: string, meter: string): Place[] =>
    condition === undefined ? [] : [{ condition, path, ofUsage: true, meter }];
  switch (ruleset.kind) {
    case 'offering':
    case 'campaign':
    case 'tenureDiscount':
    case 'bundleDiscount':
      return found(ruleset.body.eligibility, '/body/eligibility');
    case 'penalty':
      return found(ruleset.body.waivedWhen, '/body/waivedWhen');
    case 'ratePlan': {
      const { charges, allowances = [] } = ruleset.body;
      return [
        ...charges.flatMap((charge, index) =>
          'where' in charge ? ofUse(charge.where, `/body/charges/${index}/where`, charge.meter) : [],
        ),
        ...allowances.flatMap(({ where, meter }, index) => ofUse(where, `/body/allowances/${index}/where`, meter)),
      ];
    }
    default:
      return [];
  }
}

interface Visited {
  readonly node: ConditionNode;
  readonly path: string;
  readonly depth: number;
  readonly negated: boolean;
}

/** The parts of a node, each with its place. */
function partsOf({ node, path, depth, negated }: Visited): Visited[] {
  const part = (child: ConditionNode, place: string, within: boolean): Visited => ({
    node: child,
    path: place,
    depth: depth + 1,
    negated: within,
  });
  if ('all' in node) return node.all.map((child, index) => part(child, below(path, 'all', index), negated));
  if ('any' in node) return node.any.map((child, index) => part(child, below(path, 'any', index), negated));
  return 'not' in node ? [part(node.not, below(path, 'not'), true)] : [];
}

function isWithinLimits({ condition, path }: Place, report: Report): boolean {
  let level: Visited[] = [{ node: condition, path, depth: 1, negated: false }];
  let nodes = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    nodes += level.length;
    if (depth > limits.conditionDepth) {
      report('condition-too-deep', path, { limit: `${limits.conditionDepth}` });
      return false;
    }
    level = level.flatMap(partsOf);
  }
  if (nodes <= limits.conditionNodes) return true;
  report('condition-too-large', path, { nodes: `${nodes}`, limit: `${limits.conditionNodes}` });
  return false;
}

function checkPlace({ condition, path, ofUsage }: Place, known: Known, report: Report): void {
  const all: Visited[] = [];
  const waiting: Visited[] = [{ node: condition, path, depth: 1, negated: false }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    all.push(next);
    waiting.unshift(...partsOf(next));
  }
  const comparisons = all.flatMap(({ node, ...place }) => ('fact' in node ? [{ ...place, node }] : []));
  const askedForPresence = new Set(
    comparisons.filter(({ node }) => node.operator === 'isPresent').map(({ node }) => node.fact),
  );
  for (const { node, path: at, negated } of comparisons) {
    const fact = factDictionary.get(node.fact);
    if (fact === undefined) {
      report('unknown-fact', below(at, 'fact'), { fact: node.fact });
      continue;
    }
    if (fact.source === 'usage' && !ofUsage) report('fact-out-of-place', below(at, 'fact'), { fact: node.fact });
    checkComparison(node, fact, at, known, report);
    // `not` turns the false of an absent fact into true.
    if (negated && fact.nullable && !askedForPresence.has(node.fact)) {
      report('absent-fact-negated', at, { fact: node.fact });
    }
  }
}

function checkComparison(node: Comparison, fact: FactDefinition, path: string, known: Known, report: Report): void {
  if (!operators[node.operator].factTypes.includes(fact.type)) {
    const allowed = Object.entries(operators).filter(([, { factTypes }]) => factTypes.includes(fact.type));
    report('operator-not-for-fact', below(path, 'operator'), {
      operator: node.operator,
      fact: node.fact,
      type: fact.type,
      allowed: allowed.map(([name]) => name).join(', '),
    });
    return;
  }
  checkValue(node, fact, below(path, 'value'), report);
  const kind = namedBy[node.fact];
  if (kind !== undefined) checkNames(kind, node, below(path, 'value'), known, report);
}

/** Facts whose values are names of rulesets, or of services. */
const namedBy: Readonly<Record<string, RulesetKind | 'service'>> = {
  'product.offering': 'offering',
  'group.offerings': 'offering',
  'product.ratePlan': 'ratePlan',
  'account.billingCycle': 'billingCycle',
  'product.service': 'service',
  'group.services': 'service',
};

function checkNames(
  kind: RulesetKind | 'service',
  { operator, value }: Comparison,
  path: string,
  known: Known,
  report: Report,
): void {
  if (operator === 'isPresent' || operator === 'startsWith') return;
  const several = Array.isArray(value);
  [value].flat().forEach((name, index) => {
    const at = several ? below(path, index) : path;
    if (typeof name !== 'string') return;
    if (kind === 'service') {
      if (!known.hasService(name)) report('unknown-service', at, { service: name });
    } else if (!known.has(kind, name)) report('unknown-reference', at, { kind, id: name });
  });
}
