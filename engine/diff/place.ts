/**
 * What does a reader call the place that a JSON pointer names? 「料金項目 › 基本料 › 金額」, step by step, in both languages.
 * Fields by the labels of the schema, rows by their own name. Also called: breadcrumb, field label, 項目名.
 */
import type { Localized } from '#schemas/generated/types.ts';
import { fieldOf, labelOf, schemaFor, schemaNamed, type Schema } from './schema-of.ts';

/** Steps that say nothing to a reader: everything of a ruleset lies below its body. */
const unspoken = new Set(['body']);

/** One step of the way: the label of a field, or the name of a row. */
export interface Step {
  readonly label: Localized;
  readonly isRow: boolean;
}

/** The steps from the top of a `document` of the definition ('Ruleset', 'Cases') to the place; none for the whole document. */
export const placeOf = (definition: string, document: unknown, pointer: string): Localized[] =>
  stepsTo(definition, document, pointer).map(({ label }) => label);

/** The same, with what each step is. */
export function stepsTo(definition: string, document: unknown, pointer: string): Step[] {
  let schema = schemaFor(schemaNamed(definition), document);
  let value = document;
  return keysOf(pointer).flatMap((key): Step[] => {
    const isRow = Array.isArray(value);
    const written: Schema = isRow ? (schema.items ?? {}) : fieldOf(schema, key);
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    schema = schemaFor(written, value);
    if (unspoken.has(key)) return [];
    return [{ label: isRow ? rowName(value, key) : (labelOf(written) ?? schema.label ?? alike(key)), isRow }];
  });
}

/** A row by its name, else by its id, else by its number, counted from one. */
function rowName(row: unknown, index: string): Localized {
  const { name, id } = (typeof row === 'object' && row !== null ? row : {}) as Readonly<Record<string, unknown>>;
  if (typeof name === 'object' && name !== null && 'ja' in name && 'en' in name) return name as Localized;
  return alike(typeof id === 'string' ? id : `${Number(index) + 1}`);
}

const alike = (text: string): Localized => ({ ja: text, en: text });

export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
