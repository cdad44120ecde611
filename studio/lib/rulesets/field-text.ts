/**
 * How does the value of one field read? Figures grouped, days as days, choices in words, names of other rulesets as links.
 * Also called: formatting, enum label, 選択肢の表示.
 */
import { saidCondition } from '#engine/explain/said-condition.ts';
import type { Condition, RulesetKind } from '#schemas/generated/types.ts';
import { dayText, numberText, percentText } from '#schemas/messages/figures.ts';
import { openPeriodText } from '#lib/i18n/periods.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { fieldsOf, schemaFor, titleOf, type Schema } from './schema-walk.ts';

export interface FieldText {
  readonly text: string;
  /** Figures stand on the right, in digits of one width. */
  readonly figure?: true;
  /** The ruleset that the value names. */
  readonly ruleset?: { readonly kind: RulesetKind; readonly id: string };
}

/** Fields whose value is the id of another ruleset. */
const references: Readonly<Record<string, RulesetKind>> = {
  ratePlan: 'ratePlan',
  term: 'term',
  penalty: 'penalty',
  tax: 'tax',
  rounding: 'rounding',
  invoiceTemplate: 'invoiceTemplate',
  withoutTerm: 'offering',
  requires: 'offering',
  excludes: 'offering',
  offerings: 'offering',
};

/** The value of the field `name` as one reads it. */
export function fieldText(name: string, value: unknown, schema: Schema, locale: Locale): FieldText {
  if (value === null) return { text: word(locale, `value.${name}.none`) ?? say(locale, 'value.none') };
  if (typeof value === 'boolean') return { text: say(locale, value ? 'value.yes' : 'value.no') };
  if (typeof value === 'number') return { text: numberText(locale, String(value)), figure: true };
  if (Array.isArray(value))
    return {
      text: value
        .map((each) => fieldText(name, each, schemaFor(schema.items ?? {}, each), locale).text)
        .join(say(locale, 'list.separator')),
    };
  if (typeof value === 'object') return objectText(value, schema, locale);
  return stringText(name, String(value), schema, locale);
}

function stringText(name: string, value: string, schema: Schema, locale: Locale): FieldText {
  const choice = word(locale, `option.${schema.definedAs ?? name}.${value}`);
  if (choice !== undefined) return { text: choice };
  if (schema.definedAs === 'CivilDate') return { text: dayText(locale, value) };
  if (schema.definedAs === 'Percent') return { text: `${numberText(locale, value)}%`, figure: true };
  if (name === 'rate') return { text: percentText(locale, value), figure: true };
  if (['Decimal', 'NonNegative', 'Positive'].includes(schema.definedAs ?? ''))
    return { text: numberText(locale, value), figure: true };
  const kind = schema.definedAs === 'Identifier' ? references[name] : undefined;
  return kind === undefined ? { text: value } : { text: value, ruleset: { kind, id: value } };
}

/** Names, stretches of time, and small choices, with a phrase where there is one: 「50% 引き」. */
function objectText(value: object, schema: Schema, locale: Locale): FieldText {
  if ('ja' in value && 'en' in value) return { text: String(value[locale]) };
  if ('from' in value && 'to' in value)
    return { text: openPeriodText(locale, String(value.from), value.to === null ? null : String(value.to)) };
  if ('all' in value || 'any' in value || 'not' in value) {
    const { code, values } = saidCondition(value as Condition, {});
    return { text: words(locale).render(code, values) };
  }
  if (hasPhrase(schema, locale))
    return { text: say(locale, phraseOf(schema), value as Readonly<Record<string, string>>) };
  const inner = fieldsOf(value, schema).map(
    (field) => fieldText(field.name, field.value, schemaFor(field.schema, field.value), locale).text,
  );
  const isChoice = Object.values(schema.properties ?? {}).some((each) => each.const !== undefined);
  return { text: [isChoice ? titleOf(schema, locale) : undefined, ...inner].filter(Boolean).join(' ') };
}

/** Whether a thing of this shape is told in one phrase. */
export function hasPhrase(schema: Schema, locale: Locale): boolean {
  return words(locale).has(`screen.${phraseOf(schema)}`);
}

const phraseOf = (schema: Schema): string => `shape.${schema.definedAs ?? ''}`;

function say(locale: Locale, key: string, values: Readonly<Record<string, string>> = {}): string {
  return words(locale).render(`screen.${key}`, values);
}

function word(locale: Locale, key: string): string | undefined {
  return words(locale).has(`screen.${key}`) ? say(locale, key) : undefined;
}
