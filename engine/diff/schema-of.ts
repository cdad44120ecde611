/**
 * Which schema describes a value within a document?
 * Also called: $ref, oneOf, discriminator, スキーマの参照.
 */
import type { Localized } from '#schemas/generated/types.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };

/** The part of JSON Schema that leads from a document to its labels. */
export interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly label?: Localized;
  /** The name of the definition that a reference led to. */
  readonly definedAs?: string;
}

const definitions: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries((bundle as unknown as { $defs: Readonly<Record<string, Schema>> }).$defs).map(
    ([definedAs, schema]) => [definedAs, { ...schema, definedAs }],
  ),
);

/** The definition of that name: 'Ruleset', 'Cases'. */
export const schemaNamed = (definition: string): Schema => ({ $ref: `#/$defs/${definition}` });

/** The schema behind the references and choices: of a choice, the one that the value is marked as or has the fields of. */
export function schemaFor(written: Schema, value: unknown): Schema {
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

/** What describes the field of an object; nothing where its schema has no such field. */
export function fieldOf({ properties = {}, additionalProperties }: Schema, key: string): Schema {
  if (Object.hasOwn(properties, key)) return properties[key] ?? {};
  return typeof additionalProperties === 'object' ? additionalProperties : {};
}

/** What a field is called: by its own label, else by that of what it refers to. */
export function labelOf({ $ref, label }: Schema): Localized | undefined {
  return label ?? ($ref === undefined ? undefined : definitions[$ref.slice('#/$defs/'.length)]?.label);
}
