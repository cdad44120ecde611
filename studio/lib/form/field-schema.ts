/**
 * What does the schema say of a field, with everything that a form needs to know?
 * Also called: JSON Schema, discriminator, スキーマ.
 */
import type { Locale } from '#schemas/messages/words.ts';
import { definition, type Schema } from '#lib/rulesets/schema-walk.ts';

export interface FieldSchema extends Schema {
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly oneOf?: readonly FieldSchema[];
  readonly anyOf?: readonly FieldSchema[];
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly discriminator?: { readonly propertyName: string };
  readonly additionalProperties?: boolean | FieldSchema;
}

/** The schema behind the references; what the field says of itself goes before what it refers to says. */
export function resolved(written: FieldSchema): FieldSchema {
  if (written.$ref === undefined) return written;
  const { $ref, ...own } = written;
  return { ...resolved(definition($ref.slice('#/$defs/'.length)) as FieldSchema), ...own };
}

/** The schema of the ruleset's kind, as a whole. */
export function rulesetSchema(kind: string): FieldSchema {
  return definition(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}Ruleset`) as FieldSchema;
}

export const orderOf = (schema: FieldSchema): readonly string[] => Object.keys(schema.properties ?? {});

export const isRequired = (schema: FieldSchema, name: string): boolean => schema.required?.includes(name) ?? false;

/** What the field is called; where it has no label of its own, its name. */
export function labelOf(schema: FieldSchema, name: string, locale: Locale): string {
  return schema.label?.[locale] ?? name;
}

/**
 * What is said of the field: its own help, and for a choice that of its choices. What a day or a decimal is, a form shows by itself;
 * how things are written in JSON, it does not say.
 */
export function helpOf(written: FieldSchema, locale: Locale): string | undefined {
  const { enum: options } = resolved(written);
  const help = (options === undefined ? written : resolved(written)).help?.[locale];
  const sentences = help?.match(/[^。.]+[。.]?\s*/g)?.filter((each) => !/\bnull\b/.test(each));
  return sentences?.join('').trim() || undefined;
}

/** What is said of each choice, and of the field as a whole: help texts name the choices, 'monthly: 毎月 once: 1 回'. */
export interface ChoiceHelp {
  readonly lead: string;
  readonly notes: Readonly<Record<string, string>>;
}

export function choiceHelp(help: string, options: readonly string[]): ChoiceHelp {
  const found = options
    .map((option) => ({ option, at: help.search(new RegExp(`(^|[\\s;；])${escaped(option)}[:：]`)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const first = found[0];
  if (first === undefined) return { lead: help, notes: {} };
  const notes = found.map(({ option, at }, index): [string, string] => {
    const text = help.slice(at, found[index + 1]?.at).replace(/^[\s;；]*/, '');
    return [option, text.slice(option.length + 1).replaceAll(/^\s+|[\s;；.]+$/g, '')];
  });
  return { lead: help.slice(0, first.at).trim(), notes: Object.fromEntries(notes) };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
