/** Do the two ways of checking a document's form agree: the validators at every door, and the walk that names every error? */
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formErrors } from '#engine/rulesets/check.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import { isAccountDocument, isRuleset } from '#schemas/generated/validators.js';
import type { AccountDocument } from '#schemas/generated/types.ts';
import { soundSet } from './sound-set.ts';

const accountDocument: AccountDocument = {
  customer: { id: 'c1', type: 'individual', birthDate: '1990-02-28' },
  accounts: [{ id: 'a1', billingCycle: 'month-end' }],
  products: [
    {
      id: '090-1234-5678',
      account: 'a1',
      offering: 'voice-basic',
      event: 'new',
      appliedOn: '2026-10-20',
      startsOn: '2026-11-01',
      endsOn: null,
      history: [{ from: '2026-11-15', quantity: '2' }],
    },
  ],
  usage: [
    {
      id: 'u1',
      product: '090-1234-5678',
      meter: 'voice.seconds',
      startedAt: '2026-11-03T09:30:00',
      quantity: '31.5',
      attributes: { destination: 'domestic' },
    },
  ],
  periods: { first: '2026-11', last: '2026-11' },
};

const sound = [...Object.values(soundSet()), accountDocument];
const isSound = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'kind' in document
    ? isRuleset(document)
    : isAccountDocument(document);
const definitionOf = (document: unknown): string =>
  typeof document === 'object' && document !== null && 'kind' in document ? 'Ruleset' : 'AccountDocument';

/** Every place of a document, as the object or list that holds it and its key there. */
function placesOf(document: unknown): [holder: Record<string, unknown>, key: string][] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.keys(document).flatMap((key) => [
    [document as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...placesOf((document as Record<string, unknown>)[key]),
  ]);
}

/** What authors write in the wrong place. */
const slips: Arbitrary<unknown> = fc.constantFrom(
  ...[
    null,
    true,
    0,
    1,
    -1,
    1.5,
    4200,
    1e9,
    '',
    '0',
    '-1',
    '0.5',
    '1,000',
    '100.5',
    'abc',
    'A b',
    'standard',
    'up',
    'new',
  ],
  ...['2026-04-01', '2026-13-01', '2026-04', '2026-04-01T00:00:00', 'voice.seconds', 'JPY', 'a'.repeat(2001)],
  ...[
    [],
    ['base'],
    ['a', 1],
    {},
    { all: [] },
    { ja: '名', en: 'name' },
    { column: 'a' },
    { from: '2026-04-01', to: null },
  ],
);

const mutated: Arbitrary<unknown> = fc
  .tuple(
    fc.constantFrom(...sound),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('set', 'delete', 'add'), slips), { minLength: 1, maxLength: 3 }),
  )
  .map(([document, changes]) => {
    const copy = structuredClone(document) as unknown;
    for (const [nth, change, mistake] of changes) {
      const slip = structuredClone(mistake);
      const places = placesOf(copy);
      const [holder, key] = places[nth % places.length] ?? [{}, ''];
      if (change === 'set') holder[key] = slip;
      else if (Array.isArray(holder))
        holder.splice(Number(key), change === 'delete' ? 1 : 0, ...(change === 'add' ? [slip] : []));
      else if (change === 'add') holder['extra'] = slip;
      else Reflect.deleteProperty(holder, key);
    }
    return copy;
  });

describe('the form of a document', () => {
  it.each(sound.map((document) => [definitionOf(document), 'id' in document ? document.id : '', document] as const))(
    'is sound: %s %s',
    (definition, _id, document) => {
      expect(formErrors(definition, document)).toEqual([]);
      expect(isSound(document)).toBe(true);
    },
  );

  it('is tried of every kind of ruleset', () => {
    const kinds = Object.values(soundSet()).map(({ kind }) => kind);
    expect([...new Set<string>(kinds)].sort()).toEqual(bundle.$defs.RulesetKind.enum.toSorted());
  });

  it('is refused by both or by neither, whatever was changed', () => {
    const answers = { true: 0, false: 0 };
    fc.assert(
      fc.property(mutated, (document) => {
        const accepted = isSound(document);
        answers[`${accepted}`] += 1;
        expect(formErrors(definitionOf(document), document).length === 0).toBe(accepted);
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(answers.true, answers.false)).toBeGreaterThan(100);
  });

  it('knows which days exist, which a pattern cannot', () => {
    const [document] = structuredClone([accountDocument]);
    if (document?.products[0] === undefined) throw new Error('a product is needed');
    document.products[0].startsOn = '2026-02-29';
    expect(isAccountDocument(document)).toBe(true);
    expect(formErrors('AccountDocument', document)).toMatchObject([
      { code: 'not-a-date', path: '/products/0/startsOn' },
    ]);
  });

  it('is told of whole: every error at once, each in its place', () => {
    const errors = formErrors('AccountDocument', {
      customer: { id: 'c1', type: 'person' },
      accounts: [],
      products: [],
      usages: [],
      periods: { first: '2026-13' },
    });
    expect(errors.map(({ code, path }) => [code, path])).toEqual([
      ['value-not-allowed', '/customer/type'],
      ['too-few-entries', '/accounts'],
      ['unknown-field', '/usages'],
      ['required-field-missing', '/periods'],
      ['not-a-month', '/periods/first'],
    ]);
  });
});
