/** Is every field of every kind of ruleset asked for in a form, by its kind, in words, and with what there is to name? */
import { describe, expect, it } from 'vitest';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import { choiceHelp, helpOf, labelOf, resolved, rulesetSchema, type FieldSchema } from '#lib/form/field-schema.ts';
import { shapeOf, type Shape } from '#lib/form/field-shape.ts';
import { sourceOf } from '#lib/form/references.ts';

const kinds = bundle.$defs.RulesetKind.enum;

interface Met {
  readonly path: string;
  readonly name: string;
  readonly holder: string;
  readonly written: FieldSchema;
  readonly shape: Shape;
}

/** Every field that a form of the kind can come to, things within things included. */
function met(written: FieldSchema, name: string, holder: string, path: string, seen: readonly string[]): Met[] {
  const shape = shapeOf(written, name, holder);
  const here = [{ path, name, holder, written, shape }];
  const inside = (schema: FieldSchema, by: string): Met[] => {
    const { definedAs = by } = schema;
    if (seen.includes(definedAs)) return [];
    return Object.entries(schema.properties ?? {}).flatMap(([field, each]) =>
      met(each, field, definedAs, `${path}/${field}`, [...seen, definedAs]),
    );
  };
  if (shape.is === 'object') return [...here, ...inside(shape.schema, `${holder}.${name}`)];
  if (shape.is === 'variant')
    return [...here, ...shape.branches.flatMap(({ schema }) => inside(schema, `${holder}.${name}`))];
  if (shape.is === 'list' || shape.is === 'map') return [...here, ...met(shape.item, name, holder, `${path}/*`, seen)];
  return here;
}

const fieldsOf = (kind: string): Met[] => met(rulesetSchema(kind), kind, '', '', []);

describe('the form of every kind', () => {
  it.each(kinds)('%s asks for each field in a way that suits it', (kind) => {
    const fields = fieldsOf(kind);
    expect(fields.length).toBeGreaterThan(8);
    // The cells of a matrix have a grid of their own.
    const odd = fields.filter(({ shape, path }) => shape.is === 'other' && !path.endsWith('/when'));
    expect(odd.map(({ path }) => path)).toEqual([]);
  });

  it.each(kinds)('%s says what each field is called, in Japanese and in English', (kind) => {
    const named = fieldsOf(kind).filter(
      ({ path, shape }) => path !== '' && shape.is !== 'fixed' && !path.endsWith('*'),
    );
    for (const locale of ['ja', 'en'] as const)
      expect(
        named.filter(({ written, name }) => labelOf(resolved(written), name, locale) === name).map(({ path }) => path),
      ).toEqual([]);
  });

  it('gives names of other rulesets as something to choose', () => {
    const unnamed = kinds.flatMap(fieldsOf).filter(({ name, holder, written }) => {
      const schema = resolved(written);
      const item = schema.items === undefined ? schema : resolved(schema.items);
      return item.definedAs === 'Identifier' && name !== 'id' && sourceOf(holder, name, 'Identifier') === undefined;
    });
    expect([...new Set(unnamed.map(({ holder, name }) => `${holder}.${name}`))]).toEqual([
      'InvoiceTemplateBody.issuer',
      'WithdrawalLimit.reason',
    ]);
  });
});

describe('what is said below a field', () => {
  it('is said of the choice at hand, not of all of them', () => {
    const help = 'monthly: 毎月 once: 開始時に 1 回（追加購入など）';
    expect(choiceHelp(help, ['monthly', 'once'])).toEqual({
      lead: '',
      notes: { monthly: '毎月', once: '開始時に 1 回（追加購入など）' },
    });
    expect(choiceHelp('Rounded so: up: started units count; exact: as they are.', ['up', 'exact'])).toEqual({
      lead: 'Rounded so:',
      notes: { up: 'started units count', exact: 'as they are' },
    });
  });

  it('names nothing that only the JSON has', () => {
    const said = kinds.flatMap(fieldsOf).flatMap(({ written, path }) => {
      const help = helpOf(written, 'en');
      return help !== undefined && /\bnull\b/.test(help) ? [path] : [];
    });
    expect(said).toEqual([]);
  });
});

it('the most that a use costs is asked for in money, the most that is carried over of an allowance is not', () => {
  const most = fieldsOf('ratePlan').filter(({ name }) => name === 'maximum');
  const units = most.map(({ holder, shape }) => [holder, 'unit' in shape ? shape.unit : undefined]);
  expect(Object.fromEntries(units)).toEqual({ EachUse: 'amount', 'Allowance.rollover': undefined });
});
