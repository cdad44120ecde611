/**
 * What does a reader call the place that a JSON pointer names? 「料金項目 › 基本料 › 金額」, step by step, in both languages.
 * Fields by the labels of the schema, rows by their own name. Also called: breadcrumb, field label, 項目名.
 */
import type { Localized } from '#schemas/generated/types.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };

/** The part of JSON Schema that leads from a document to its labels. */
interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly label?: Localized;
}

const definitions = (bundle as unknown as { $defs: Readonly<Record<string, Schema>> }).$defs;

/** Steps that say nothing to a reader: everything of a ruleset lies below its body. */
const unspoken = new Set(['body']);

/** The steps from the top of a `document` of the definition ('Ruleset', 'Cases') to the place; none for the whole document. */
export function placeOf(definition: string, document: unknown, pointer: string): Localized[] {
  let schema = schemaFor({ $ref: `#/$defs/${definition}` }, document);
  let value = document;
  return keysOf(pointer).flatMap((key) => {
    const isRow = Array.isArray(value);
    const written: Schema = isRow ? (schema.items ?? {}) : fieldOf(schema, key);
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    schema = schemaFor(written, value);
    if (unspoken.has(key)) return [];
    return [isRow ? rowName(value, key) : (written.label ?? schema.label ?? alike(key))];
  });
}

/** The schema behind the references and choices: of a choice, the one that the value is marked as or has the fields of. */
function schemaFor(written: Schema, value: unknown): Schema {
  if (written.$ref !== undefined) return schemaFor(definitions[written.$ref.slice('#/$defs/'.length)] ?? {}, value);
  const choices = written.oneOf ?? written.anyOf;
  if (choices === undefined) return written;
  const fitting = choices.map((choice) => schemaFor(choice, value)).find((schema) => isDescribedBy(schema, value));
  return fitting ?? written;
}

function isDescribedBy(schema: Schema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || schema.properties === undefined) return false;
  const marks = Object.entries(schema.properties).filter(([, each]) => each.const !== undefined);
  if (marks.length > 0) return marks.every(([key, each]) => (value as Record<string, unknown>)[key] === each.const);
  return Object.keys(value).some((key) => Object.hasOwn(schema.properties ?? {}, key));
}

function fieldOf({ properties = {}, additionalProperties }: Schema, key: string): Schema {
  if (Object.hasOwn(properties, key)) return properties[key] ?? {};
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

/** A row by its name, else by its id, else by its number, counted from one. */
function rowName(row: unknown, index: string): Localized {
  const { name, id } = (typeof row === 'object' && row !== null ? row : {}) as Readonly<Record<string, unknown>>;
  if (typeof name === 'object' && name !== null && 'ja' in name && 'en' in name) return name as Localized;
  return alike(typeof id === 'string' ? id : `${Number(index) + 1}`);
}

const alike = (text: string): Localized => ({ ja: text, en: text });

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
