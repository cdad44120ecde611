/**
 * Where does a document depart from its schema, in words that its author can act on?
 * The generated validators answer yes or no at the door and stop at the first error; this walks the same schema to the
 * end and names every place. The two agree, by test, except that this also knows which days exist.
 * Also called: schema validation, 書式の検査.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { DiagnosticCode, Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { guidance, guidanceFor } from './example.ts';
import { definitions, resolve, type Schema } from './form-schema.ts';
import { limits } from './limits.ts';

/** What is said when the text does not have the form of its definition. */
const formOf: Readonly<Record<string, DiagnosticCode>> = {
  Decimal: 'not-a-decimal',
  NonNegative: 'below-zero',
  Positive: 'not-above-zero',
  Percent: 'not-a-percentage',
  CivilDate: 'not-a-date',
  CivilDateTime: 'not-a-date-time',
  Month: 'not-a-month',
  Currency: 'not-a-currency',
  Identifier: 'not-an-identifier',
};

/** Those of them that are decimals: a number without quotation marks has its own words. */
const decimalForms = new Set(['Decimal', 'NonNegative', 'Positive', 'Percent']);

/** Reports every departure of `value` from the definition, such as 'Ruleset' or 'AccountDocument'. */
export function checkForm(definition: string, value: unknown, report: Report): void {
  walk({ $ref: `#/$defs/${definition}` }, value, '', report);
}

/** Whether the text has the form of a definition that is a pattern or a list of words, such as 'Decimal'. */
export function hasForm(definition: string, text: string): boolean {
  const { pattern = '', enum: words } = definitions[definition] ?? {};
  return (words === undefined || words.includes(text)) && matches(pattern, text);
}

function walk(schema: Schema, value: unknown, path: string, report: Report): void {
  const { name, resolved } = resolve(schema);
  const branches = resolved.oneOf ?? resolved.anyOf;
  if (branches !== undefined) {
    const branch = resolved.discriminator
      ? branchByField(resolved.discriminator.propertyName, branches, value, path, report)
      : branchByShape(branches, value, path, report);
    if (branch !== undefined) walk(branch, value, path, report);
    return;
  }
  const allowed = resolved.const === undefined ? resolved.enum : [resolved.const];
  if (allowed !== undefined) {
    if (!allowed.includes(value as string))
      report('value-not-allowed', path, { value: written(value), allowed: allowed.join(', ') });
    return;
  }
  if (resolved.type !== undefined && !isOfType(resolved.type, value)) {
    const bareNumber = typeof value === 'number' && decimalForms.has(name);
    if (bareNumber) report('decimal-as-number', path, { value: `${value}` });
    else report('wrong-type', path, { expected: resolved.type, found: typeName(value), ...guidance(schema) });
    return;
  }
  if (typeof value === 'string') walkText(name, resolved, value, path, report);
  else if (typeof value === 'number') walkNumber(resolved, value, path, report);
  else if (Array.isArray(value)) walkList(resolved, value, path, report);
  else if (typeof value === 'object' && value !== null)
    walkObject(resolved, value as Record<string, unknown>, path, report);
}

function walkText(name: string, schema: Schema, value: string, path: string, report: Report): void {
  if (value.length < (schema.minLength ?? 0)) return report('text-empty', path);
  if (value.length > (schema.maxLength ?? Infinity)) {
    return report('text-too-long', path, { length: `${value.length}`, limit: `${schema.maxLength}` });
  }
  if (schema.pattern !== undefined && !matches(schema.pattern, value)) {
    // '-5' where only zero or more will do is a decimal all the same: say which of the two is wrong.
    const form = decimalForms.has(name) && !hasForm('Decimal', value) ? 'not-a-decimal' : formOf[name];
    return report(form ?? 'malformed-name', path, { value: quoted(value) });
  }
  if (name === 'CivilDate' && !isCivilDate(value)) report('not-a-date', path, { value });
  if (name === 'CivilDateTime' && !isCivilDate(value.slice(0, 10))) report('not-a-date-time', path, { value });
}

/** Enough of a text to find it by. */
const quoted = (text: string): string => (text.length > limits.quoted ? `${text.slice(0, limits.quoted)}…` : text);

const compiled = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u');
  compiled.set(pattern, known);
  return known.test(text);
}

function walkNumber(schema: Schema, value: number, path: string, report: Report): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value >= minimum && value <= maximum) return;
  const bound = (limit: number): string => (Number.isFinite(limit) ? `${limit}` : 'unlimited');
  report('out-of-range', path, { value: `${value}`, minimum: bound(minimum), maximum: bound(maximum) });
}

function walkList(schema: Schema, value: readonly unknown[], path: string, report: Report): void {
  checkCount(value.length, schema.minItems, schema.maxItems, path, report);
  if (value.length > (schema.maxItems ?? Infinity)) return;
  const { items } = schema;
  if (items !== undefined) value.forEach((item, index) => walk(items, item, below(path, index), report));
}

function walkObject(schema: Schema, value: Readonly<Record<string, unknown>>, path: string, report: Report): void {
  const { properties = {}, additionalProperties = true } = schema;
  const keys = Object.keys(value);
  for (const field of schema.required ?? []) {
    if (!Object.hasOwn(value, field))
      report('required-field-missing', path, { field, ...guidanceFor(field, properties[field] ?? {}) });
  }
  if (keys.length < (schema.minProperties ?? 0)) {
    report('nothing-set', path, { allowed: Object.keys(properties).join(', ') });
  }
  checkCount(keys.length, 0, schema.maxProperties, path, report);
  for (const key of keys) {
    const place = below(path, key);
    if (schema.propertyNames !== undefined) walk(schema.propertyNames, key, place, report);
    const property = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (typeof property === 'object') walk(property, value[key], place, report);
    else if (property === false)
      report('unknown-field', place, { field: key, allowed: Object.keys(properties).join(', ') });
  }
}

function checkCount(count: number, minimum = 0, limit = Infinity, path: string, report: Report): void {
  if (count < minimum) report('too-few-entries', path, { count: `${count}`, minimum: `${minimum}` });
  if (count > limit) report('too-many-entries', path, { count: `${count}`, limit: `${limit}` });
}

/** The branch that one field names, such as `kind` or `model`. */
function branchByField(
  field: string,
  branches: readonly Schema[],
  value: unknown,
  path: string,
  report: Report,
): Schema | undefined {
  if (!isOfType('object', value)) {
    report('wrong-type', path, { expected: 'object', found: typeName(value), ...guidance({ oneOf: branches }) });
    return undefined;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const nameOf = (branch: Schema): string | undefined => resolve(branch).resolved.properties?.[field]?.const;
  if (!Object.hasOwn(object, field)) {
    const words = branches.map((branch) => nameOf(branch) ?? '');
    report('required-field-missing', path, { field, ...guidanceFor(field, { enum: words }) });
    return undefined;
  }
  const found = branches.find((branch) => nameOf(branch) === object[field]);
  if (found === undefined) {
    const allowed = branches.map(nameOf).join(', ');
    report('value-not-allowed', below(path, field), { value: written(object[field]), allowed });
  }
  return found;
}

/** The branch that fits by type or, among objects, by the one field that each requires first, such as `all` or `fact`. */
function branchByShape(branches: readonly Schema[], value: unknown, path: string, report: Report): Schema | undefined {
  const ofType = branches.filter((branch) => isOfType(resolve(branch).resolved.type, value));
  if (ofType.length === 0) {
    const named = branches.map(resolve);
    if (typeof value === 'number' && named.some(({ name }) => decimalForms.has(name))) {
      report('decimal-as-number', path, { value: `${value}` });
    } else {
      const expected = [...new Set(named.map(({ resolved }) => resolved.type))].join(', ');
      report('wrong-type', path, { expected, found: typeName(value), ...guidance({ oneOf: branches }) });
    }
  }
  if (ofType.length < 2) return ofType[0];
  const fieldOf = (branch: Schema): string => resolve(branch).resolved.required?.[0] ?? '';
  const chosen = ofType.filter((branch) => Object.hasOwn(value as object, fieldOf(branch)));
  const choices = ofType.map(fieldOf).join(', ');
  if (chosen.length === 0) report('choice-missing', path, { choices });
  if (chosen.length > 1) report('choice-ambiguous', path, { choices, found: chosen.map(fieldOf).join(', ') });
  return chosen.length === 1 ? chosen[0] : undefined;
}

function isOfType(type: Schema['type'], value: unknown): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeName(value) === type;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value as a message can show it. */
function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 80);
}
