/**
 * How is a condition said? 「商品が smartphone-m」, joined by all, any and not.
 * Also called: rule in words, 条件の読み方. Words: `screen.condition.*`, `screen.fact.*`, `said.*`.
 */
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { SOMETHING_ELSE } from '#engine/conditions/boundaries.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Comparison, ConditionNode, Localized, RulesetKind } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { said, saidDay, saidName, saidNumber, type Naming, type SaidValue } from './said.ts';

/** The condition as one phrase; inner groups stand in brackets. */
export function saidCondition(node: ConditionNode, naming: Naming, depth = 0): Said {
  if ('not' in node) return said('said.not', { part: saidCondition(node.not, naming, depth + 1) });
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : undefined;
  if (parts === undefined) return saidComparison(node as Comparison, naming);
  const inner = parts.map((part) => saidCondition(part, naming, depth + 1));
  const joined = inner.reduce((first, second) => said('all' in node ? 'said.and' : 'said.or', { first, second }));
  return depth === 0 || inner.length === 1 ? joined : said('said.bracket', { inner: joined });
}

/** 「顧客の年齢が 60 歳以上」 */
export function saidComparison({ fact, operator, value }: Comparison, naming: Naming): Said {
  const label = labelOf(fact);
  if (operator === 'isPresent')
    return said(`screen.condition.${value === true ? 'isPresent' : 'isAbsent'}`, { fact: label });
  const values = [value].flat().map((each) => saidFactValue(fact, String(each), naming));
  const [from = '', to = ''] = values.map((each) => withUnit(fact, each));
  return said(`screen.condition.${operator}`, {
    fact: label,
    value: withUnit(fact, values.length === 1 ? values[0]! : values),
    from,
    to,
  });
}

/** What is known of a customer: 「顧客の年齢が 60 歳」 */
export function saidFact(fact: string, value: FactValue, naming: Naming): Said {
  const label = labelOf(fact);
  if (value === null) return said('screen.condition.isAbsent', { fact: label });
  if (value === SOMETHING_ELSE) return said('said.somethingElse', { fact: label });
  if (typeof value === 'object') {
    if (value.length === 0) return said('said.nothingOf', { fact: label });
    return said('screen.condition.equal', {
      fact: label,
      value: value.map((each) => saidFactValue(fact, each, naming)),
    });
  }
  return said('screen.condition.equal', {
    fact: label,
    value: withUnit(fact, saidFactValue(fact, String(value), naming)),
  });
}

export const labelOf = (fact: string): Localized => factDictionary.get(fact)?.label ?? { ja: fact, en: fact };

/** Facts whose values are the ids of rulesets. */
const rulesetsNamed: Readonly<Record<string, RulesetKind>> = {
  'product.offering': 'offering',
  'group.offerings': 'offering',
  'product.ratePlan': 'ratePlan',
  'account.billingCycle': 'billingCycle',
};

/** The value of a fact, in words where there are some. */
export function saidFactValue(fact: string, value: string, naming: Naming): SaidValue {
  const type = factDictionary.get(fact)?.type;
  if (type === 'date') return saidDay(value);
  if (type === 'decimal') return saidNumber(value);
  if (type === 'boolean') return said(`screen.value.${value === 'true' ? 'yes' : 'no'}`);
  const kind = rulesetsNamed[fact];
  if (kind !== undefined) return saidName(kind, value, naming);
  return { code: `screen.fact.${fact}.${value}`, plain: value };
}

function withUnit(fact: string, value: SaidValue): SaidValue {
  const unit = factDictionary.get(fact)?.unit;
  return unit === undefined ? value : said('said.withUnit', { value, unit: said(`screen.unit.${unit}`) });
}
