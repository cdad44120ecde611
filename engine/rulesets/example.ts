/**
 * How is a field written that is missing? A line that may be copied and then filled in, made from the schema alone.
 * Also called: sample value, 記入例.
 */
import { resolve, type Schema } from './form-schema.ts';

const ofForm: Readonly<Record<string, string>> = {
  Decimal: '"0"',
  NonNegative: '"0"',
  Positive: '"1"',
  Percent: '"10"',
  CivilDate: '"2026-11-01"',
  CivilDateTime: '"2026-11-01T09:00:00"',
  Month: '"2026-11"',
  Currency: '"JPY"',
};

/** Objects within objects are written out so far; what lies deeper is told when the field stands. */
const deepest = 2;

/** A value that may stand there, as it is written, and what the schema says of it in both languages: `none` where it says nothing. */
type Guidance = { readonly example: string; readonly helpJa: string; readonly helpEn: string };

export function guidance(schema: Schema): Guidance {
  const { ja, en } = schema.help ?? resolve(schema).resolved.help ?? { ja: 'none', en: 'none' };
  return { example: valueOf(schema), helpJa: ja, helpEn: en };
}

/** The same with the field's name before it: `"effective": { "from": "2026-11-01", "to": null }`; a choice of words as `"a" | "b"`. */
export function guidanceFor(field: string, schema: Schema): Guidance {
  const { example, ...help } = guidance(schema);
  return { example: `"${field}": ${example}`, ...help };
}

function valueOf(schema: Schema, depth = 0): string {
  const { name, resolved } = resolve(schema);
  const form = ofForm[name];
  if (form !== undefined) return form;
  const branches = resolved.oneOf ?? resolved.anyOf;
  if (branches !== undefined) {
    const open = branches.find((branch) => resolve(branch).resolved.type === 'null');
    return valueOf(open ?? branches[0] ?? {}, depth);
  }
  if (resolved.const !== undefined) return JSON.stringify(resolved.const);
  if (resolved.enum !== undefined) return resolved.enum.map((word) => JSON.stringify(word)).join(' | ');
  switch (resolved.type) {
    case 'object':
      return objectOf(resolved, depth);
    case 'array':
      return depth < deepest && (resolved.minItems ?? 0) > 0 ? `[${valueOf(resolved.items ?? {}, depth + 1)}]` : '[]';
    case 'integer':
      return `${resolved.minimum ?? 1}`;
    case 'boolean':
      return 'false';
    case 'null':
      return 'null';
    default:
      return '"…"';
  }
}

function objectOf({ required = [], properties = {} }: Schema, depth: number): string {
  if (required.length === 0) return '{}';
  if (depth === deepest) return '{ … }';
  return `{ ${required.map((field) => `"${field}": ${valueOf(properties[field] ?? {}, depth + 1)}`).join(', ')} }`;
}
