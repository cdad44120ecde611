/**
 * How does a condition read? 「サービス種別 が mobile と等しい」, joined by all, any and not.
 * Also called: rule in words, 条件の文章表示.
 */
import dictionary from '#schemas/facts/dictionary.json' with { type: 'json' };
import type { Comparison, Condition, ConditionNode } from '#schemas/generated/types.ts';
import { dayText, numberText } from '#schemas/messages/figures.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

export type ConditionPhrase =
  | { readonly join: 'all' | 'any' | 'not'; readonly parts: readonly ConditionPhrase[] }
  | { readonly join: 'none'; readonly phrase: string };

interface Fact {
  readonly type: string;
  readonly unit?: string;
  readonly label: Readonly<Record<Locale, string>>;
}

const facts = dictionary as Readonly<Record<string, Fact>>;

export function conditionPhrase(condition: Condition | ConditionNode, locale: Locale): ConditionPhrase {
  if ('all' in condition) return { join: 'all', parts: condition.all.map((each) => conditionPhrase(each, locale)) };
  if ('any' in condition) return { join: 'any', parts: condition.any.map((each) => conditionPhrase(each, locale)) };
  if ('not' in condition) return { join: 'not', parts: [conditionPhrase(condition.not, locale)] };
  return { join: 'none', phrase: comparisonPhrase(condition, locale) };
}

function comparisonPhrase({ fact, operator, value }: Comparison, locale: Locale): string {
  const { render } = words(locale);
  const known = facts[fact];
  const name = known?.label[locale] ?? fact;
  if (operator === 'isPresent')
    return render(`screen.condition.${value === true ? 'isPresent' : 'isAbsent'}`, { fact: name });
  const texts = [value].flat().map((each) => valueText(fact, String(each), known, locale));
  const [from = '', to = ''] = texts;
  const unit = known?.unit === undefined ? '' : ` ${render(`screen.unit.${known.unit}`)}`;
  return render(`screen.condition.${operator}`, {
    fact: name,
    value: texts.join(render('screen.list.separator')) + unit,
    from: from + unit,
    to: to + unit,
  });
}

function valueText(fact: string, value: string, known: Fact | undefined, locale: Locale): string {
  const choice = `screen.fact.${fact}.${value}`;
  if (words(locale).has(choice)) return words(locale).render(choice);
  if (known?.type === 'date') return dayText(locale, value);
  return known?.type === 'decimal' ? numberText(locale, value) : value;
}
