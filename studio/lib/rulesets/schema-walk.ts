/**
 * Which schema describes this value, what are its fields, and what are they called?
 * Also called: $ref, oneOf, discriminator, スキーマの参照.
 */
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import type { Locale } from '#schemas/messages/words.ts';

type Localized = Readonly<Record<Locale, string>>;

/** The part of JSON Schema that our schemas use, with our own words for people. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly label?: Localized;
  readonly help?: Localized;
  readonly unit?: string;
  /** The name of the definition that a reference led to. */
  readonly definedAs?: string;
}

export interface SchemaField {
  readonly name: string;
  readonly value: unknown;
  readonly schema: Schema;
}

const definitions = bundle.$defs as unknown as Readonly<Record<string, Schema>>;
const found = new Map<string, Schema>();

/** The definition called `name`. */
export function definition(name: string): Schema {
  const known = found.get(name) ?? { ...definitions[name], definedAs: name };
  found.set(name, known);
  return known;
}

/** The schema that holds for `value`: references followed, and of a choice the one that `value` is. */
export function schemaFor(written: Schema, value: unknown): Schema {
  if (written.$ref !== undefined) return schemaFor(definition(written.$ref.slice('#/$defs/'.length)), value);
  const choices = written.oneOf ?? written.anyOf;
  if (choices === undefined) return written;
  const schemas = choices.map((choice) => schemaFor(choice, value));
  return schemas.find((schema) => describes(schema, value)) ?? written;
}

/** The fields that `value` has, in the order in which its schema tells them; what only marks the shape is left out. */
export function fieldsOf(value: object, schema: Schema): SchemaField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const held = (value as Record<string, unknown>)[name];
    return held === undefined || each.const !== undefined ? [] : [{ name, value: held, schema: each }];
  });
}

/** What a field is called: by its own label, else by that of what it refers to. */
export function labelOf(schema: Schema, locale: Locale): string | undefined {
  const target = schema.$ref === undefined ? undefined : definition(schema.$ref.slice('#/$defs/'.length));
  return schema.label?.[locale] ?? target?.label?.[locale];
}

/** What a thing of this shape is called. */
export function titleOf(schema: Schema, locale: Locale): string | undefined {
  return schema.label?.[locale];
}

function describes(schema: Schema, value: unknown): boolean {
  if (value === null) return schema.type === 'null';
  if (Array.isArray(value)) return schema.type === 'array';
  if (typeof value !== 'object')
    return (
      schema.enum?.includes(value as string) ?? schema.type === (typeof value === 'number' ? 'integer' : typeof value)
    );
  const properties = Object.entries(schema.properties ?? {});
  const marks = properties.filter(([, each]) => each.const !== undefined);
  if (marks.length > 0) return marks.every(([name, each]) => (value as Record<string, unknown>)[name] === each.const);
  return schema.type === 'object' && Object.keys(value).every((name) => properties.some(([known]) => known === name));
}
