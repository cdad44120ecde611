/**
 * What do the schemas look like to code that walks them? The part of JSON Schema that ours use, and what a reference names.
 * Also called: JSON Schema subset, スキーマの読み取り.
 */
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };

/** The part of JSON Schema that our schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly help?: { readonly ja: string; readonly en: string };
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

export const definitions = (bundle as unknown as { $defs: Readonly<Record<string, Schema>> }).$defs;

/** The schema behind the references, and the name of the last. */
export function resolve(schema: Schema): { name: string; resolved: Schema } {
  let name = '';
  let resolved = schema;
  while (resolved.$ref !== undefined) {
    name = resolved.$ref.slice('#/$defs/'.length);
    const target = definitions[name];
    if (target === undefined) throw new RangeError(`the schemas have no definition ${name}`);
    resolved = target;
  }
  return { name, resolved };
}
