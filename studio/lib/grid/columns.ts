/**
 * Which columns has a list of like things? Every value of a row that stands in one place, those of nested things too.
 * Also called: decision table columns, 表の列, 項目.
 */
import { factDictionary } from '#engine/conditions/dictionary.ts';
import type { FactType } from '#engine/conditions/operators.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { labelOf, resolved, rulesetSchema, type FieldSchema } from '#lib/form/field-schema.ts';
import { branchOf, isSimple, shapeOf, type Simple } from '#lib/form/field-shape.ts';
import { factSources, type Source } from '#lib/form/references.ts';
import { below, segmentsOf, valueAt } from '#lib/document/pointer.ts';

/** What a cell holds: one value, a list of them, or what a fact has to match. */
export type CellShape =
  | Simple
  | { readonly is: 'tokens'; readonly item: Simple }
  | { readonly is: 'match'; readonly match: string; readonly type: FactType; readonly source?: Source }
  /** Which of several kinds of thing a nested thing is. */
  | {
      readonly is: 'kind';
      readonly field: string;
      readonly options: readonly string[];
      readonly titles: readonly string[];
    };

export interface Column {
  /** The place of the cell below its row: '/effect/percent'. */
  readonly path: string;
  readonly title: string;
  /** The thing that the value is a part of, where it is nested. */
  readonly group: string | undefined;
  readonly shape: CellShape;
  /** Whether every row has it. */
  readonly required: boolean;
}

/** A list in the document that reads as a table. */
export interface Table {
  /** The place of the list. */
  readonly at: string;
  readonly title: string;
  /** What the list is part of: the charge that has the tiers. */
  readonly of: string | undefined;
  readonly item: FieldSchema;
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** The columns of a list with such items in the thing `holder`; undefined when it is none: a row holds what no cell can, or nothing in common with the next. */
export function columnsOf(item: FieldSchema, holder: unknown, locale: Locale): Column[] | undefined {
  const schema = resolved(item);
  if (schema.definedAs === 'MatrixRow') return matrixColumns(schema, holder, locale);
  // What a matrix asks about are the columns of its rows, not a table of its own.
  if (schema.definedAs === 'MatrixColumn') return undefined;
  const columns = fieldsOf(schema, '', undefined, true, locale);
  return columns !== undefined && columns.length > 1 ? columns : undefined;
}

function fieldsOf(
  schema: FieldSchema,
  at: string,
  group: string | undefined,
  required: boolean,
  locale: Locale,
): Column[] | undefined {
  const columns: Column[] = [];
  for (const [name, written] of Object.entries(schema.properties ?? {})) {
    const title = labelOf(resolved(written), name, locale);
    const path = below(at, name);
    const needed = required && (schema.required?.includes(name) ?? false);
    const shape = shapeOf(written, name, schema.definedAs);
    if (shape.is === 'fixed') continue;
    const found =
      isSimple(shape) || shape.is === 'tokens'
        ? [{ path, title, group, shape, required: needed }]
        : shape.is === 'localized'
          ? localized(path, title, needed, locale)
          : at !== ''
            ? undefined
            : shape.is === 'object'
              ? fieldsOf(shape.schema, path, title, needed, locale)
              : shape.is === 'variant' && shape.field !== undefined
                ? variant(shape.field, shape.branches, path, title, needed, locale)
                : undefined;
    if (found === undefined) return undefined;
    columns.push(...found);
  }
  return columns;
}

function localized(path: string, title: string, required: boolean, locale: Locale): Column[] {
  const shape = { is: 'text', long: false } as const;
  return ['ja', 'en'].map((each) => ({
    path: below(path, each),
    title: words(locale).render(`editor.inLanguage.${each}`, { label: title }),
    group: undefined,
    shape,
    required,
  }));
}

/** The kind of the thing, and every value that some kind of it has. */
function variant(
  field: string,
  branches: readonly { readonly value: string; readonly schema: FieldSchema }[],
  path: string,
  title: string,
  required: boolean,
  locale: Locale,
): Column[] | undefined {
  const kind: CellShape = {
    ...{ is: 'kind', field, options: branches.map(({ value }) => value) },
    titles: branches.map(({ schema, value }) => labelOf(schema, value, locale)),
  };
  const columns: Column[] = [{ path: below(path, field), title, group: undefined, shape: kind, required }];
  for (const { schema } of branches) {
    const fields = fieldsOf(schema, path, title, false, locale);
    if (fields === undefined) return undefined;
    columns.push(...fields.filter((each) => !columns.some((known) => known.path === each.path)));
  }
  return columns;
}

/** What a matrix asks of a use, fact by fact, and what it then costs. */
function matrixColumns(schema: FieldSchema, holder: unknown, locale: Locale): Column[] {
  const asked = valueAt(holder, '/columns');
  const facts = (Array.isArray(asked) ? asked : []) as readonly { readonly fact?: string; readonly match?: string }[];
  const when = facts.map(({ fact = '', match = 'equal' }, index): Column => {
    const known = factDictionary.get(fact);
    const source = factSources[fact];
    return {
      path: below('', 'when', index),
      title: known?.label[locale] ?? fact,
      group: words(locale).render(`screen.option.match.${match}`),
      shape: { is: 'match', match, type: known?.type ?? 'text', ...(source === undefined ? {} : { source }) },
      required: true,
    };
  });
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => name !== 'when');
  const rest = fieldsOf({ ...schema, properties: Object.fromEntries(properties) }, '', undefined, true, locale) ?? [];
  const first = rest.filter(({ path }) => path === '/id');
  return [...first, ...when, ...rest.filter(({ path }) => path !== '/id')];
}

/** Whether the row has room for the column: a value of one kind of thing is none of another. */
export function applies(item: FieldSchema, row: unknown, { path, shape }: Column): boolean {
  const [name, inner] = segmentsOf(path);
  if (inner === undefined || shape.is === 'kind' || shape.is === 'match') return true;
  const holder = shapeOf(resolved(item).properties?.[name ?? ''] ?? {}, name ?? '');
  if (holder.is !== 'variant') return true;
  return branchOf(holder, valueAt(row, below('', name ?? '')))?.schema.properties?.[inner] !== undefined;
}

/** Every table in the ruleset, in the order of the document. */
export function tablesOf(document: unknown, locale: Locale): Table[] {
  const kind = valueAt(document, '/kind');
  const body = valueAt(document, '/body');
  if (typeof kind !== 'string' || typeof body !== 'object' || body === null) return [];
  return tablesIn(body, rulesetSchema(kind).properties?.['body'] ?? {}, '/body', undefined, 'body', '', locale);
}

function tablesIn(
  value: unknown,
  written: FieldSchema,
  at: string,
  of: string | undefined,
  name: string,
  holder: string,
  locale: Locale,
): Table[] {
  const shape = shapeOf(written, name, holder);
  if (typeof value !== 'object' || value === null) return [];
  if (shape.is === 'list' && Array.isArray(value)) {
    return value.flatMap((each, index) =>
      tablesIn(each, shape.item, below(at, index), nameOf(each, locale) ?? of, name, holder, locale),
    );
  }
  const schema =
    shape.is === 'object'
      ? shape.schema
      : shape.is === 'variant'
        ? shape.branches.find(
            ({ value: mark }) => shape.field !== undefined && valueAt(value, below('', shape.field)) === mark,
          )?.schema
        : undefined;
  if (schema === undefined) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([field, each]) => {
    const held = (value as Readonly<Record<string, unknown>>)[field];
    const inner = shapeOf(each, field, schema.definedAs);
    const place = below(at, field);
    if (inner.is !== 'list' || !Array.isArray(held))
      return tablesIn(held, each, place, of, field, schema.definedAs ?? '', locale);
    const columns = columnsOf(inner.item, value, locale);
    if (columns === undefined) return tablesIn(held, each, place, of, field, schema.definedAs ?? '', locale);
    return [
      { at: place, title: labelOf(resolved(each), field, locale), of, item: inner.item, columns, rows: held.length },
    ];
  });
}

function nameOf(value: unknown, locale: Locale): string | undefined {
  const name = valueAt(value, `/name/${locale}`);
  const id = valueAt(value, '/id');
  return typeof name === 'string' && name !== '' ? name : typeof id === 'string' ? id : undefined;
}
