/**
 * How is the value of a field said? Choices by their words, rows by their name, things by their fields.
 * Also called: field value in words, 項目の値の読み方.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import { fieldOf, schemaFor, type Schema } from '#engine/diff/schema-of.ts';
import { saidCondition } from '#engine/explain/said-condition.ts';
import {
  said,
  saidChoice,
  saidDay,
  saidMoney,
  saidName,
  saidNumber,
  saidPercent,
  saidPeriod,
  saidRate,
  withinSentence,
  type Naming,
  type NamedKind,
  type SaidValue,
} from '#engine/explain/said.ts';
import { saidEffect } from '#engine/explain/said-effect.ts';
import type { Condition, Effect, Localized } from '#schemas/generated/types.ts';
import { isMoneyIn, type FieldMeaning } from './field-meaning.ts';

/** Fields that name other rulesets, charges or discounts. */
const references: Readonly<Record<string, NamedKind>> = {
  ratePlan: 'ratePlan',
  term: 'term',
  furtherTerms: 'term',
  penalty: 'penalty',
  tax: 'tax',
  withoutTerm: 'offering',
  requires: 'offering',
  excludes: 'offering',
  offerings: 'offering',
  alsoApply: 'discount',
  charges: 'charge',
};

export function saidValue(
  value: unknown,
  field: string,
  written: Schema,
  naming: Naming,
  meaning?: FieldMeaning,
): SaidValue {
  if (value === undefined) return said('screen.value.none');
  if (value === null) return said(meaning?.none === 'endless' || field === 'to' ? 'said.endless' : 'screen.value.none');
  if (typeof value === 'boolean') return said(`screen.value.${value ? 'yes' : 'no'}`);
  const schema = schemaFor(written, value);
  if (typeof value === 'number') {
    const unit = meaning?.unit;
    return unit === undefined
      ? saidNumber(value)
      : said('said.withUnit', { value: saidNumber(value), unit: said(`screen.unit.${unit}`) });
  }
  if (typeof value === 'string') return saidText(value, field, schema, naming, meaning);
  if (Array.isArray(value))
    return saidList(value, (each) => saidValue(each, field, schema.items ?? {}, naming, meaning));
  return saidThing(value as Readonly<Record<string, unknown>>, schema, naming);
}

/** What a sentence can hold of a list; who wants all of it looks at the ruleset. */
const listedAtMost = 12;

function saidList(values: readonly unknown[], say: (each: unknown) => SaidValue): SaidValue {
  const more = values.length - listedAtMost;
  const listed = values.slice(0, listedAtMost).map(say);
  return more > 0 ? [...listed, said('said.more', { count: saidNumber(more) })] : listed;
}

const decimals = ['Decimal', 'NonNegative', 'Positive'];

function saidText(
  value: string,
  field: string,
  { definedAs = '' }: Schema,
  naming: Naming,
  meaning: FieldMeaning | undefined,
): SaidValue {
  if (field === 'rate') return saidRate(value);
  if (definedAs === 'Percent' || /[pP]ercent$/.test(field)) return saidPercent(value);
  if (decimals.includes(definedAs)) return meaning?.isMoney === true ? saidMoney(value, naming) : saidNumber(value);
  if (isCivilDate(value)) return saidDay(value);
  const kind = references[field];
  if (kind !== undefined && definedAs === 'Identifier') return saidName(kind, value, naming);
  return saidChoice(definedAs === '' || definedAs === 'Identifier' ? field : definedAs, value);
}

const effects = ['PercentOff', 'AmountOff', 'FixedPrice', 'Free'];

function saidThing(value: Readonly<Record<string, unknown>>, schema: Schema, naming: Naming): SaidValue {
  if (isLocalized(value)) return value;
  const { name, price } = value;
  // A fee of its own is no news without its amount; a charge says what it costs in findings of its own.
  if (isLocalized(name) && schema.definedAs === 'SuspensionFee' && typeof price === 'string')
    return said('said.priced', { name, price: saidMoney(price, naming) });
  if (isLocalized(name)) return said('said.quoted', { name });
  if ('all' in value || 'any' in value || 'not' in value) return saidCondition(value as unknown as Condition, naming);
  if (Array.isArray(value['columns']) && Array.isArray(value['rows']))
    return saidTable(value['columns'], value['rows']);
  if (schema.definedAs === 'OpenPeriod') return saidPeriod(value as { from: string; to: string | null });
  if (effects.includes(schema.definedAs ?? '')) return saidEffect(value as unknown as Effect, naming);
  const fields = Object.entries(value).flatMap(([key, each]): SaidValue[] => {
    const written = fieldOf(schema, key);
    if (isMark(written)) return [];
    const label = written.label ?? schemaFor(written, each).label;
    const inner = saidValue(each, key, written, naming, {
      about: 'price',
      ...(isMoneyIn(schema.definedAs ?? '', key) ? { isMoney: true } : {}),
    });
    return [label === undefined ? inner : said('said.labelled', { label: withinSentence(label), value: inner })];
  });
  const isMarked = Object.values(schema.properties ?? {}).some(isMark);
  return isMarked && schema.label !== undefined ? said('said.kindOf', { kind: schema.label, fields }) : fields;
}

/** A table within a sentence is only its size. */
const saidTable = (columns: readonly unknown[], rows: readonly unknown[]): SaidValue =>
  said('said.table', { columns: String(columns.length), rows: String(rows.length) });

const isMark = (schema: Schema): boolean => schema.const !== undefined;

const isLocalized = (value: unknown): value is Localized =>
  typeof value === 'object' && value !== null && 'ja' in value && 'en' in value;
