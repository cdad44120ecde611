/**
 * What does a new thing say before anybody has filled it in? As little as its schema allows, and never an amount.
 * Also called: default value, new row, 初期値, 新規行.
 */
import { isRequired, resolved, type FieldSchema } from './field-schema.ts';
import { branchOf, shapeOf, type Branch, type Shape } from './field-shape.ts';

/** Every required field: choices at their first, texts and figures empty, so that they ask to be filled in. */
export function blankOf(written: FieldSchema, name = '', siblings: readonly unknown[] = []): unknown {
  const schema = resolved(written);
  const shape = shapeOf(written, name);
  switch (shape.is) {
    case 'fixed':
      return shape.value;
    case 'choice':
      return shape.options[0];
    case 'nullable':
      return null;
    case 'boolean':
      return true;
    case 'integer':
      return Number.isFinite(shape.minimum) ? shape.minimum : 0;
    case 'localized':
      return { ja: '', en: '' };
    case 'tokens':
      return [];
    case 'list':
      return (schema.minItems ?? 0) > 0 ? [blankOf(shape.item, name)] : [];
    case 'condition':
      return { all: [{ fact: 'customer.type', operator: 'equal', value: 'individual' }] };
    case 'variant':
      return blankBranch(shape.branches[0], shape.field, siblings);
    case 'object':
      return blankObject(shape.schema, siblings);
    case 'map':
      return {};
    default:
      return '';
  }
}

function blankObject(schema: FieldSchema, siblings: readonly unknown[]): Record<string, unknown> {
  const required = Object.entries(schema.properties ?? {}).filter(([field]) => isRequired(schema, field));
  return Object.fromEntries(
    required.map(([field, each]) => [field, field === 'id' ? newId(siblings, schema) : blankOf(each, field)]),
  );
}

function blankBranch(branch: Branch | undefined, field: string | undefined, siblings: readonly unknown[]): unknown {
  if (branch === undefined) return {};
  const blank = blankObject(branch.schema, siblings);
  return field === undefined ? blank : { [field]: branch.value, ...blank };
}

/** The same thing as another kind of it: what both kinds ask for is kept, what only the new one asks for is empty. */
export function asBranch(shape: Extract<Shape, { is: 'variant' }>, value: unknown, to: Branch): unknown {
  const before = branchOf(shape, value)?.schema.properties ?? {};
  const blank = blankBranch(to, shape.field, []) as Record<string, unknown>;
  const kept = Object.entries((value ?? {}) as object).filter(
    ([name]) => name !== shape.field && sameForm(before[name], to.schema.properties?.[name]),
  );
  const fields = { ...blank, ...Object.fromEntries(kept) };
  return Object.fromEntries(
    Object.keys(to.schema.properties ?? {}).flatMap((name) => (name in fields ? [[name, fields[name]]] : [])),
  );
}

function sameForm(a: FieldSchema | undefined, b: FieldSchema | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.$ref === b.$ref && JSON.stringify(resolved(a).enum) === JSON.stringify(resolved(b).enum);
}

const idOf = (value: unknown): string => String((value as { readonly id?: unknown } | null | undefined)?.id ?? '');

/** An id that no sibling has: of the last one's kind, or of the thing's own. */
export function newId(siblings: readonly unknown[], schema: FieldSchema = {}): string {
  return newIds(siblings, schema, 1)[0] ?? '';
}

/** As many ids as `count`, which no sibling has. */
export function newIds(siblings: readonly unknown[], schema: FieldSchema, count: number): string[] {
  const taken = new Set(siblings.map(idOf));
  const like = idOf(siblings.at(-1));
  const stem = like === '' ? stemOf(schema) : like.replace(/-?\d+$/, '');
  const ids: string[] = [];
  for (let number = taken.size + 1; ids.length < count; number += 1) {
    const id = `${stem}-${number}`;
    if (!taken.has(id)) ids.push(id);
  }
  return ids;
}

/** 'RecurringCharge' → 'charge'. */
const stemOf = ({ definedAs = 'item' }: FieldSchema): string =>
  (/[A-Z]?[a-z]+$/.exec(definedAs)?.[0] ?? 'item').toLowerCase();
