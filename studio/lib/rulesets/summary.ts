/**
 * How does a ruleset read for someone who does not read JSON? Every field under its label, conditions as phrases, rows as tables.
 * Made from the labels in the schemas, so that a new field is readable the day it exists. Also called: readable view, 読みやすい表示, 要約.
 */
import type { Condition, Ruleset } from '#schemas/generated/types.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { conditionPhrase, type ConditionPhrase } from './condition-phrases.ts';
import { fieldText, hasPhrase, type FieldText } from './field-text.ts';
import { definition, fieldsOf, labelOf, schemaFor, titleOf, type Schema } from './schema-walk.ts';

/** A part of the summary. `at` is its JSON pointer: a line on a bill names the place that priced it. */
export type SummaryPart = { readonly at: string; readonly label: string; readonly help?: string } & (
  | { readonly shape: 'value'; readonly value: FieldText }
  | { readonly shape: 'values'; readonly values: readonly FieldText[] }
  | { readonly shape: 'condition'; readonly condition: ConditionPhrase }
  | { readonly shape: 'table'; readonly columns: readonly string[]; readonly rows: readonly SummaryRow[] }
  | { readonly shape: 'group'; readonly kind?: string; readonly parts: readonly SummaryPart[] }
  | { readonly shape: 'items'; readonly items: readonly SummaryItem[] }
);

export interface SummaryRow {
  readonly at: string;
  readonly cells: readonly FieldText[];
}

export interface SummaryItem {
  readonly at: string;
  readonly title: string;
  /** What kind of thing it is, where there are several: 月額, 従量料金. */
  readonly kind?: string;
  readonly parts: readonly SummaryPart[];
}

/** The body of `ruleset`, field by field in the order of its schema. */
export function rulesetSummary(ruleset: Ruleset, locale: Locale): SummaryPart[] {
  const body = definition(`${ruleset.kind.charAt(0).toUpperCase()}${ruleset.kind.slice(1)}Body`);
  return partsOf(ruleset.body, body, '/body', locale);
}

function partsOf(value: object, schema: Schema, at: string, locale: Locale): SummaryPart[] {
  return fieldsOf(value, schema).map((field) =>
    partOf(field.name, field.value, field.schema, `${at}/${escaped(field.name)}`, locale),
  );
}

function partOf(name: string, value: unknown, written: Schema, at: string, locale: Locale): SummaryPart {
  const head = { at, label: labelOf(written, locale) ?? name, ...helpOf(written, locale) };
  const schema = schemaFor(written, value);
  if (isCondition(written))
    return { ...head, shape: 'condition', condition: conditionPhrase(value as Condition, locale) };
  if (Array.isArray(value)) return { ...head, ...listOf(name, value, schema, at, locale) };
  if (!isPlain(value) || isOneValue(value, schema, locale))
    return { ...head, shape: 'value', value: fieldText(name, value, schema, locale) };
  return {
    ...head,
    shape: 'group',
    ...kindOf(schema, locale),
    parts: partsOf(value, schema, at, locale),
  };
}

type List =
  | Pick<Extract<SummaryPart, { shape: 'values' }>, 'shape' | 'values'>
  | Pick<Extract<SummaryPart, { shape: 'table' }>, 'shape' | 'columns' | 'rows'>
  | Pick<Extract<SummaryPart, { shape: 'items' }>, 'shape' | 'items'>;

function listOf(name: string, values: readonly unknown[], schema: Schema, at: string, locale: Locale): List {
  const written = schema.items ?? {};
  const schemas = values.map((value) => schemaFor(written, value));
  if (!values.every(isPlain))
    return { shape: 'values', values: values.map((value, i) => fieldText(name, value, schemas[i] ?? {}, locale)) };
  const flat = values.map((value, i) => fieldsOf(value, schemas[i] ?? {}));
  const isTable =
    new Set(schemas).size === 1 && flat.every((fields) => fields.every((field) => isCell(field.value, field.schema)));
  if (isTable) return tableOf(schemas[0] ?? {}, values, flat, at, locale);
  return {
    shape: 'items',
    items: values.map((value, i) => itemOf(value, written, schemas[i] ?? {}, `${at}/${i}`, locale)),
  };
}

/** One column for each field that any row has. */
function tableOf(
  schema: Schema,
  values: readonly object[],
  flat: readonly ReturnType<typeof fieldsOf>[],
  at: string,
  locale: Locale,
): List {
  const names = Object.keys(schema.properties ?? {}).filter((name) =>
    flat.some((fields) => fields.some((field) => field.name === name)),
  );
  const columns = names.map((name) => labelOf(schema.properties?.[name] ?? {}, locale) ?? name);
  const rows = values.map((_, i) => ({
    at: `${at}/${i}`,
    cells: names.map((name) => {
      const field = flat[i]?.find((each) => each.name === name);
      return field === undefined
        ? { text: '' }
        : fieldText(name, field.value, schemaFor(field.schema, field.value), locale);
    }),
  }));
  return { shape: 'table', columns, rows };
}

function itemOf(value: object, written: Schema, schema: Schema, at: string, locale: Locale): SummaryItem {
  const kind = titleOf(schema, locale);
  const title =
    'name' in value && isLocalized(value.name)
      ? value.name[locale]
      : 'id' in value
        ? String(value.id)
        : (labelOf(written, locale) ?? kind ?? '');
  const parts = partsOf(value, schema, at, locale).filter((part) => part.at !== `${at}/name`);
  return { at, title, ...(kind === undefined || kind === title ? {} : { kind }), parts };
}

/** Which one of several shapes it is, where there is a choice. */
function kindOf(schema: Schema, locale: Locale): { kind?: string } {
  const isChoice = Object.values(schema.properties ?? {}).some((each) => each.const !== undefined);
  const title = titleOf(schema, locale);
  return isChoice && title !== undefined ? { kind: title } : {};
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLocalized = (value: unknown): value is { ja: string; en: string } =>
  isPlain(value) && 'ja' in value && 'en' in value;
const isCondition = (schema: Schema): boolean => schema.$ref === '#/$defs/Condition';
const isOneValue = (value: object, schema: Schema, locale: Locale): boolean =>
  isLocalized(value) || schema.definedAs === 'OpenPeriod' || hasPhrase(schema, locale);
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** What fits in a cell: one value, or a thing of a few plain values. */
function isCell(value: unknown, written: Schema): boolean {
  if (isCondition(written)) return false;
  if (!isPlain(value)) return !Array.isArray(value) || value.every((each) => typeof each === 'string');
  return isLocalized(value) || fieldsOf(value, schemaFor(written, value)).every((field) => !isPlain(field.value));
}

function helpOf(schema: Schema, locale: Locale): { help?: string } {
  const help =
    schema.help?.[locale] ??
    (schema.$ref === undefined ? undefined : definition(schema.$ref.slice('#/$defs/'.length)).help?.[locale]);
  return help === undefined ? {} : { help };
}
