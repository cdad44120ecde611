/**
 * How is a field asked for: as a text, a figure, a day, a choice, a list, a thing of several kinds?
 * Made from the schema, so that a new field can be edited the day it exists. Also called: form control, widget, 入力欄の種類.
 */
import { resolved, type FieldSchema } from './field-schema.ts';
import { sourceOf, type Source } from './references.ts';

export interface Branch {
  /** What the field that tells the branches apart says, or the field that only this branch has. */
  readonly value: string;
  readonly schema: FieldSchema;
}

/** A value that stands in one place: it fits a cell of a table as well. */
export type Simple =
  | { readonly is: 'text'; readonly long: boolean; readonly source?: Source }
  | { readonly is: 'decimal'; readonly unit?: Unit }
  | { readonly is: 'integer'; readonly minimum: number; readonly maximum: number; readonly unit?: Unit }
  | { readonly is: 'date' | 'dateTime' | 'month' | 'boolean' }
  /** `name` is the name that the words of the choices go by. */
  | { readonly is: 'choice'; readonly name: string; readonly options: readonly string[] }
  | { readonly is: 'nullable'; readonly inner: Simple };

export type Shape =
  | Simple
  | { readonly is: 'fixed'; readonly value: unknown }
  | { readonly is: 'localized' }
  | { readonly is: 'tokens'; readonly item: Simple }
  | { readonly is: 'list'; readonly item: FieldSchema }
  | { readonly is: 'object'; readonly schema: FieldSchema }
  /** One of several kinds of thing. `field` tells which; without it, each has a field that the others lack. */
  | { readonly is: 'variant'; readonly field?: string; readonly branches: readonly Branch[] }
  | { readonly is: 'condition' }
  | { readonly is: 'map'; readonly item: FieldSchema }
  /** Nothing that a form could ask for: the value is shown, and edited as JSON. */
  | { readonly is: 'other' };

export type Unit = 'percent' | 'months' | 'amount' | 'fraction';

const decimals = new Set(['Decimal', 'NonNegative', 'Positive', 'Percent']);
const amounts = new Set([
  ...['price', 'unitPrice', 'flat', 'amount', 'cap', 'minimum', 'floor', 'ceiling', 'connectFee', 'total'],
  'monthlyDiscount',
  // The most that is carried over of an allowance is no money.
  'EachUse.maximum',
]);

/** The shape of the field `name` of the thing that is defined as `holder`. */
export function shapeOf(written: FieldSchema, name: string, holder = ''): Shape {
  const schema = resolved(written);
  if (written.$ref === '#/$defs/Condition') return { is: 'condition' };
  if (schema.const !== undefined) return { is: 'fixed', value: schema.const };
  if (schema.enum !== undefined) return { is: 'choice', name: schema.definedAs ?? name, options: schema.enum };
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches !== undefined) return choiceOf(schema, branches, name, holder);
  if (schema.definedAs === 'Localized') return { is: 'localized' };
  switch (schema.type) {
    case 'string':
      return textShape(schema, name, holder);
    case 'integer':
      return {
        is: 'integer',
        minimum: schema.minimum ?? -Infinity,
        maximum: schema.maximum ?? Infinity,
        ...unitOf(schema, name),
      };
    case 'boolean':
      return { is: 'boolean' };
    case 'array':
      return listShape(schema, name, holder);
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? { is: 'map', item: schema.additionalProperties }
        : { is: 'object', schema };
    default:
      return { is: 'other' };
  }
}

function choiceOf(schema: FieldSchema, branches: readonly FieldSchema[], name: string, holder: string): Shape {
  const [some, ...more] = branches.filter((branch) => branch.type !== 'null');
  if (some !== undefined && more.length === 0) {
    const inner = shapeOf(some, name, holder);
    return isSimple(inner) ? { is: 'nullable', inner } : { is: 'other' };
  }
  const field = schema.discriminator?.propertyName;
  const parts = branches.map((branch) => resolved(branch));
  if (!parts.every((part) => part.type === 'object')) return { is: 'other' };
  return {
    is: 'variant',
    ...(field === undefined ? {} : { field }),
    branches: parts.map((part) => ({
      value: field === undefined ? (part.required?.[0] ?? '') : String(part.properties?.[field]?.const),
      schema: part,
    })),
  };
}

function textShape(schema: FieldSchema, name: string, holder: string): Shape {
  const { definedAs = '' } = schema;
  if (decimals.has(definedAs)) return { is: 'decimal', ...unitOf(schema, name, holder) };
  if (definedAs === 'CivilDate') return { is: 'date' };
  if (definedAs === 'CivilDateTime') return { is: 'dateTime' };
  if (definedAs === 'Month') return { is: 'month' };
  const source = sourceOf(holder, name, definedAs);
  return { is: 'text', long: (schema.maxLength ?? 0) > 500, ...(source === undefined ? {} : { source }) };
}

function listShape(schema: FieldSchema, name: string, holder: string): Shape {
  const items = schema.items ?? {};
  const item = shapeOf(items, name, holder);
  if (isSimple(item)) return { is: 'tokens', item };
  return item.is === 'other' ? item : { is: 'list', item: items };
}

function unitOf({ definedAs, unit }: FieldSchema, name: string, holder = ''): { unit?: Unit } {
  if (definedAs === 'Percent' || unit === '%') return { unit: 'percent' };
  if (definedAs === 'Months' || /months?$/i.test(name) || name === 'monthsAfter' || name === 'monthsLater')
    return { unit: 'months' };
  if (name === 'rate') return { unit: 'fraction' };
  return amounts.has(name) || amounts.has(`${holder}.${name}`) ? { unit: 'amount' } : {};
}

export function isSimple(shape: { readonly is: string }): shape is Simple {
  return ['text', 'decimal', 'integer', 'date', 'dateTime', 'month', 'boolean', 'choice', 'nullable'].includes(
    shape.is,
  );
}

/** Which of the branches `value` is, or none. */
export function branchOf(shape: Extract<Shape, { is: 'variant' }>, value: unknown): Branch | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { field, branches } = shape;
  return field === undefined
    ? branches.find((branch) => Object.hasOwn(value, branch.value))
    : branches.find((branch) => (value as Readonly<Record<string, unknown>>)[field] === branch.value);
}
