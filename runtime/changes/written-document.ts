/**
 * How is a published document written for somebody to edit?
 * What is stored is canonical, its keys in the order of the alphabet; people read them in the order in which the schema tells them.
 * Also called: pretty print, 整形.
 */
import { fieldOf, schemaFor, schemaNamed, type Schema } from '#engine/diff/schema-of.ts';

/** The document of the definition as text, two blanks a level. */
export function writtenDocument(definition: string, document: unknown): string {
  return `${JSON.stringify(inOrder(schemaNamed(definition), document), null, 2)}\n`;
}

function inOrder(written: Schema, value: unknown): unknown {
  const schema = schemaFor(written, value);
  if (Array.isArray(value)) return value.map((each) => inOrder(schema.items ?? {}, each));
  if (typeof value !== 'object' || value === null) return value;
  const keys = [...new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(value)])];
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, inOrder(fieldOf(schema, key), fields[key])]),
  );
}
