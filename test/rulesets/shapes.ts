/** Which shapes can a price have? Whatever the schemas give a formula, each with the case that shows it. */
import { fieldOf, schemaFor, schemaNamed, type Schema as SchemaPart } from '#engine/diff/schema-of.ts';
import type { Case, Localized } from '#schemas/generated/types.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import { caseFiles, casesIn, operators } from './shipped.ts';

/** A schema with all that is said of it. */
export interface Schema extends SchemaPart {
  readonly label: Localized;
  readonly help?: Localized;
  readonly formula?: Localized;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart & { readonly help?: Localized }>>;
}

/** 'VolumePrice', or 'BundleDiscountBody.allIn' for a part of a definition that has no name of its own. */
export interface Shape {
  readonly name: string;
  readonly schema: Schema;
}

const definitions = Object.keys((bundle as unknown as { $defs: object }).$defs);
const hasFormula = (schema: SchemaPart): boolean => 'formula' in schema;

export const shapes: readonly Shape[] = definitions.flatMap((name) => {
  const schema = schemaFor(schemaNamed(name), undefined);
  const parts = Object.entries(schema.properties ?? {}).map(([field, part]) => ({ name: `${name}.${field}`, part }));
  return [{ name, part: schema }, ...parts]
    .filter(({ part }) => hasFormula(part))
    .map((found) => ({ name: found.name, schema: found.part as Schema }));
});

/** Shapes among which one chooses, and those that stand by themselves. */
export interface Group {
  readonly label: Localized;
  readonly of: readonly Shape[];
}

export const chosen = ['Charge', 'UsagePrice', 'Effect', 'PenaltyFee'] as const;

/** The definitions among which one chooses. */
export const choicesOf = (definition: (typeof chosen)[number]): readonly string[] =>
  bundle.$defs[definition].oneOf.map(({ $ref }) => $ref.slice('#/$defs/'.length));

const choices = chosen.map((definition) => ({
  label: bundle.$defs[definition].label,
  of: shapes.filter(({ name }) => choicesOf(definition).includes(name)),
}));
const inChoices = new Set(choices.flatMap(({ of }) => of));

export const groups: readonly Group[] = [
  ...choices,
  { label: { ja: 'そのほか', en: 'And' }, of: shapes.filter((shape) => !inChoices.has(shape)) },
];

/** The first value of the shape within a document of `definition`. */
export function fragmentOf(shape: Shape, definition: string, document: unknown): unknown {
  return find(shape.schema, schemaNamed(definition), document);
}

function find(wanted: SchemaPart, written: SchemaPart, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const schema = schemaFor(written, value);
  if (schema === wanted) return value;
  for (const [key, child] of Object.entries(value)) {
    const found = find(wanted, Array.isArray(value) ? (schema.items ?? {}) : fieldOf(schema, key), child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A case, and where it lies: `folder` is '<operator>/<kind>/<id>'. */
export interface Showing {
  readonly operator: string;
  readonly folder: string;
  readonly one: Case;
}

const cases: readonly Showing[] = operators.flatMap((operator) =>
  caseFiles(operator).flatMap((file) =>
    casesIn(file).map((one) => ({ operator, folder: file.file.replace('/cases.json', ''), one })),
  ),
);

/** The cases that say that they show the shape. */
export const showing = ({ name }: Shape): readonly Showing[] =>
  cases.filter(({ one }) => one.shows?.includes(name) ?? false);

/** What cases say they show, by name. */
export const shown: readonly string[] = cases.flatMap(({ one }) => one.shows ?? []);
