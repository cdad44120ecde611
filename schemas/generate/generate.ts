/**
 * What do the schemas become at build time? One bundle, TypeScript types, and validators that need no eval.
 * Written to schemas/generated/ by `npm run generate` (and by `npm install`); never edited, never committed.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const room = fileURLToPath(new URL('../', import.meta.url));
const out = `${room}generated/`;
const sources = globSync('{values,conditions,rulesets/*,documents/*}.json', { cwd: room }).sort();
const stamp = createHash('sha256');
for (const file of [...sources, 'generate/generate.ts']) stamp.update(readFileSync(room + file));
const wanted = stamp.digest('hex');

type Schema = { [key: string]: unknown };

/** Joins all files into one schema, and gives every kind of ruleset the envelope with its own body. */
function bundle(): { $schema: string; $defs: Record<string, Schema> } {
  const defs: Record<string, Schema> = {};
  for (const file of sources) {
    const parsed = JSON.parse(readFileSync(room + file, 'utf8')) as { $defs: Record<string, Schema> };
    for (const [name, schema] of Object.entries(parsed.$defs)) {
      if (name in defs) throw new Error(`${file} defines ${name} a second time`);
      defs[name] = schema;
    }
  }
  const kinds = (defs['RulesetKind'] as { enum: string[] }).enum;
  const envelope = defs['Envelope'] as { properties: Record<string, Schema> };
  for (const kind of kinds) {
    const name = kind[0]?.toUpperCase() + kind.slice(1);
    const body = defs[`${name}Body`];
    if (body === undefined) throw new Error(`no ${name}Body for the kind ${kind}`);
    const properties = { ...envelope.properties, kind: { const: kind }, body: { $ref: `#/$defs/${name}Body` } };
    defs[`${name}Ruleset`] = { ...envelope, label: body['label'], properties };
  }
  delete defs['Envelope'];
  defs['Ruleset'] = {
    type: 'object',
    required: ['kind'],
    discriminator: { propertyName: 'kind' },
    oneOf: kinds.map((kind) => ({ $ref: `#/$defs/${kind[0]?.toUpperCase()}${kind.slice(1)}Ruleset` })),
  };
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: defs };
}

async function generate(): Promise<void> {
  mkdirSync(out, { recursive: true });
  const whole = bundle();
  writeFileSync(`${out}bundle.json`, JSON.stringify(whole, null, 1));
  writeFileSync(`${out}types.ts`, await types(whole));
  writeFileSync(`${out}validators.js`, await validators(whole));
  writeFileSync(`${out}validators.d.ts`, declarations());
}

async function types(whole: Schema): Promise<string> {
  const { compile } = await import('json-schema-to-typescript');
  const text = await compile(withoutSiblingsOfRefs({ ...whole, title: 'SchemaBundle' }) as never, 'SchemaBundle', {
    bannerComment: '/* Made from the JSON Schemas by `npm run generate`. */',
    unreachableDefinitions: true,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
  });
  return text
    .replaceAll(/\/\*\*\n \* This interface was referenced by[^/]*\*\/\n/g, '')
    .replaceAll(/^ +\/\*\*\n +\* This interface was referenced by[^/]*\*\/\n/gm, '');
}

/** A label beside a $ref would make a second type of the same shape. */
function withoutSiblingsOfRefs(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSiblingsOfRefs);
  if (typeof node !== 'object' || node === null) return node;
  if ('$ref' in node && typeof node.$ref === 'string') return { $ref: node.$ref };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutSiblingsOfRefs(value)]));
}

/** What is checked at a door, by the name of its validator. */
const doors = {
  isRuleset: 'Ruleset',
  isAccountDocument: 'AccountDocument',
  isBillingResult: 'BillingResult',
  isBillingState: 'BillingState',
  isCases: 'Cases',
  isUsage: 'Usage',
} as const;

async function validators(whole: Schema): Promise<string> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const standalone = (await import('ajv/dist/standalone/index.js')).default as unknown as {
    default?: (ajv: unknown, refs: Record<string, string>) => string;
  };
  // `unicode: false` keeps the emitted code free of imports; our lengths are limits, not grammar.
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: false },
    inlineRefs: false,
    discriminator: true,
    strict: true,
    unicode: false,
    strictRequired: false,
    allowUnionTypes: true,
    logger: false,
  } as never);
  ajv.addVocabulary(['label', 'help', 'unit', 'formula']);
  ajv.addSchema({ ...whole, $id: 'kanade' });
  const refs: Record<string, string> = {};
  for (const [name, def] of Object.entries(doors)) {
    ajv.addSchema({ $id: name, $ref: `kanade#/$defs/${def}` });
    refs[name] = name;
  }
  const emit = (standalone.default ?? standalone) as (ajv: unknown, refs: Record<string, string>) => string;
  return emit(ajv, refs);
}

function declarations(): string {
  const names = [...new Set(Object.values(doors))].join(', ');
  const lines = Object.entries(doors).map(([name, def]) => `export declare const ${name}: Validator<${def}>;`);
  return [
    `import type { ${names} } from './types.ts';`,
    'export interface SchemaError { instancePath: string; schemaPath: string; keyword: string; params: Record<string, unknown>; message?: string }',
    'export interface Validator<T> { (data: unknown): data is T; errors?: SchemaError[] | null }',
    ...lines,
    '',
  ].join('\n');
}

const stampFile = `${out}stamp.txt`;
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== wanted) {
  await generate();
  writeFileSync(stampFile, wanted);
}
