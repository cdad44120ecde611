/**
 * Which field of which definition is at a place? '/body/charges/0/price' is the price of a RecurringCharge.
 * Also called: schema path, フィールドの定義.
 */
import { keysOf } from './place.ts';
import { fieldOf, schemaFor, schemaNamed, type Schema } from './schema-of.ts';

export interface FieldAt {
  /** The definition that the field belongs to, '' where it has no name of its own. */
  readonly container: string;
  /** The field's key; of a row, the key of its list. */
  readonly field: string;
  readonly isRow: boolean;
  /** What describes the value. */
  readonly schema: Schema;
}

/** The field at the pointer into a document of the definition. */
export function fieldAt(definition: string, document: unknown, pointer: string): FieldAt {
  let schema = schemaFor(schemaNamed(definition), document);
  let value = document;
  let found: FieldAt = { container: '', field: '', isRow: false, schema };
  for (const key of keysOf(pointer)) {
    const isRow = Array.isArray(value);
    const container = schema.definedAs ?? '';
    const written = isRow ? (schema.items ?? {}) : fieldOf(schema, key);
    value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    schema = schemaFor(written, value);
    found = { container: isRow ? found.container : container, field: isRow ? found.field : key, isRow, schema };
  }
  return found;
}
