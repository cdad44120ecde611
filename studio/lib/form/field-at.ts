/**
 * Which field of the schema is at this place of the document?
 * Also called: schema lookup, スキーマ上の項目.
 */
import { segmentsOf, valueAt } from '#lib/document/pointer.ts';
import { schemaFor } from '#lib/rulesets/schema-walk.ts';
import { isRequired, orderOf, rulesetSchema, type FieldSchema } from './field-schema.ts';

export interface FieldAt {
  readonly name: string;
  readonly written: FieldSchema;
  readonly holder: string;
  readonly order: readonly string[];
  readonly optional: boolean;
}

/** The field, or undefined for an item of a list and for what the schema does not know. */
export function fieldAt(document: unknown, pointer: string): FieldAt | undefined {
  const kind = valueAt(document, '/kind');
  if (typeof kind !== 'string') return undefined;
  let value: unknown = document;
  let written: FieldSchema = rulesetSchema(kind);
  let field: FieldAt | undefined;
  let name = '';
  for (const segment of segmentsOf(pointer)) {
    const schema = schemaFor(written, value) as FieldSchema;
    value = valueAt(value, `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (schema.items !== undefined) {
      written = schema.items;
      field = undefined;
      continue;
    }
    const next = schema.properties?.[segment];
    if (next === undefined) return undefined;
    const holder: string = schema.definedAs ?? `${field?.holder ?? ''}.${name}`;
    name = segment;
    written = next;
    field = { name, written, holder, order: orderOf(schema), optional: !isRequired(schema, segment) };
  }
  return field;
}
