/** Are the schemas sound, does each field say what it is in both languages, and is what was generated from them in step? */
import { globSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as validators from '#schemas/generated/validators.js';

type Schema = { readonly [key: string]: unknown };
type Definitions = Readonly<Record<string, Schema>>;

const room = new URL('../../schemas/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, room), 'utf8'));
const files = globSync('{values,conditions,rulesets/*,documents/*}.json', { cwd: room }).sort();
const sources = files.map((file) => ({ file, definitions: (read(file) as { $defs: Definitions }).$defs }));
const bundle = read('generated/bundle.json') as Schema & { readonly $defs: Definitions };
const kinds = bundle.$defs['RulesetKind']?.['enum'] as readonly string[];
const capital = (kind: string): string => kind.slice(0, 1).toUpperCase() + kind.slice(1);

/** Every schema within a schema, with its place. */
function within(node: unknown, path: string): [path: string, schema: Schema][] {
  if (typeof node !== 'object' || node === null) return [];
  const here: [string, Schema][] = Array.isArray(node) ? [] : [[path, node as Schema]];
  return [...here, ...Object.entries(node).flatMap(([key, value]) => within(value, `${path}/${key}`))];
}

const target = (schema: Schema): Schema | undefined =>
  typeof schema['$ref'] === 'string' ? bundle.$defs[schema['$ref'].slice('#/$defs/'.length)] : undefined;

function labelOf(schema: Schema): unknown {
  const further = target(schema);
  return schema['label'] ?? (further === undefined ? undefined : labelOf(further));
}

describe('the schemas', () => {
  it('are JSON Schema 2020-12 and compile in strict mode', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true });
    ajv.addVocabulary(['label', 'help', 'unit', 'formula']);
    expect(ajv.validateSchema(bundle), ajv.errorsText()).toBe(true);
    ajv.addSchema(bundle, 'kanade');
    for (const name of Object.keys(bundle.$defs)) {
      expect(() => ajv.compile({ $ref: `kanade#/$defs/${name}` }), name).not.toThrow();
    }
  });

  it('refer to nothing that is not there', () => {
    const dangling = within(bundle, '').filter(([, schema]) => '$ref' in schema && target(schema) === undefined);
    expect(dangling.map(([path]) => path)).toEqual([]);
  });

  it('say of every field what it is, in Japanese and English', () => {
    const fields = sources.flatMap(({ file, definitions }) =>
      within(definitions, file)
        .filter(([path]) => /\/properties\/[^/]+$/.test(path))
        // A field with one possible value, such as `model`, is chosen and never filled in.
        .filter(([, schema]) => !('const' in schema)),
    );
    expect(fields.length).toBeGreaterThan(200);
    const silent = fields.filter(([, schema]) => {
      const { ja, en } = (labelOf(schema) ?? {}) as { ja?: string; en?: string };
      return ja === undefined || ja === '' || en === undefined || en === '';
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('never let an unknown field pass: a slip of the pen would be a price that is not charged', () => {
    const open = within(bundle.$defs, '').filter(
      ([, schema]) => schema['type'] === 'object' && 'properties' in schema && schema['additionalProperties'] !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });
});

describe('a kind of ruleset', () => {
  it.each(kinds)('%s has a body, a name in both languages, and the envelope around it', (kind) => {
    expect(sources.filter(({ definitions }) => `${capital(kind)}Body` in definitions)).toHaveLength(1);
    const whole = bundle.$defs[`${capital(kind)}Ruleset`];
    expect(whole?.['label']).toMatchObject({ ja: expect.any(String) as string, en: expect.any(String) as string });
    expect(whole?.['required']).toEqual(['kind', 'id', 'version', 'name', 'effective', 'reason', 'body']);
  });

  it('has a body only if it is named', () => {
    const bodies = Object.keys(bundle.$defs).filter((name) => name.endsWith('Body'));
    expect(bodies.sort()).toEqual(kinds.map((kind) => `${capital(kind)}Body`).sort());
  });
});

describe('the README', () => {
  it('shows a ruleset that can be copied as it stands', () => {
    const readme = readFileSync(new URL('README.md', room), 'utf8');
    const examples = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text) as unknown);
    expect(examples.map((example) => validators.isRuleset(example))).toEqual([true]);
  });
});

describe('what is generated', () => {
  it('is in step with the schemas (npm run generate)', () => {
    for (const { file, definitions } of sources) {
      for (const [name, schema] of Object.entries(definitions)) {
        if (name !== 'Envelope') expect(bundle.$defs[name], `${file}: ${name}`).toEqual(schema);
      }
    }
    const types = readFileSync(new URL('generated/types.ts', room), 'utf8');
    const named = new Set([...types.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name));
    expect(Object.keys(bundle.$defs).filter((name) => !named.has(name))).toEqual([]);
  });

  it('answers at every door', () => {
    for (const [door, validate] of Object.entries(validators)) {
      if (/^is[A-Z]/.test(door)) expect((validate as (document: unknown) => boolean)(null), door).toBe(false);
    }
  });
});
