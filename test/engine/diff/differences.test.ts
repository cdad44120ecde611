/** What changed between two versions (差分): nothing when they say the same, and every place where they do not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, type Difference } from '#engine/diff/differences.ts';
import { readDifferences } from '#engine/diff/read-differences.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';

const name = (en: string) => ({ ja: `${en}（日本語）`, en });
const base = (price: string, label = 'Basic fee') => ({
  id: 'base',
  type: 'recurring',
  name: name(label),
  price,
  taxCategory: 'standard',
});
const option = { id: 'option', type: 'recurring', name: name('Option'), price: '300', taxCategory: 'standard' };
const plan = (charges: readonly unknown[], version = 2): RatePlanRuleset =>
  ({
    kind: 'ratePlan',
    id: 'mobile',
    version,
    name: name('Mobile'),
    effective: { from: '2026-04-01', to: null },
    reason: 'Price list.',
    body: { charges },
  }) as unknown as RatePlanRuleset;

const told = (each: Difference): string => {
  const { before, after } = each as { before?: unknown; after?: unknown };
  return `${each.change} ${each.at.before ?? '-'} ${each.at.after ?? '-'}: ${JSON.stringify(before) ?? '-'} → ${JSON.stringify(after) ?? '-'}`;
};

describe('the difference', () => {
  // what was                          what is                                       what is told
  const rows: [string, unknown, unknown, string[]][] = [
    ['a price', { price: '3000' }, { price: '3500' }, ['changed /price /price: "3000" → "3500"']],
    ['an end that was none', { to: null }, { to: '2027-01-01' }, ['changed /to /to: null → "2027-01-01"']],
    ['a field that came', {}, { term: 'two-year' }, ['added - /term: - → "two-year"']],
    ['a field that went', { a: '1', term: 'x' }, { a: '1' }, ['removed /term -: "x" → -']],
    [
      'a list of words, as one value',
      { services: ['mobile', 'internet'] },
      { services: ['mobile'] },
      ['changed /services /services: ["mobile","internet"] → ["mobile"]'],
    ],
    [
      'a row, found by its id wherever it stands now',
      [
        { id: 'a', x: '1' },
        { id: 'b', x: '1' },
      ],
      [
        { id: 'c', x: '1' },
        { id: 'a', x: '1' },
        { id: 'b', x: '2' },
      ],
      ['added - /0: - → {"id":"c","x":"1"}', 'changed /1/x /2/x: "1" → "2"'],
    ],
    ['a row that went', [{ id: 'a' }, { id: 'b' }], [{ id: 'b' }], ['removed /0 -: {"id":"a"} → -']],
    [
      'an order, once',
      [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      [{ id: 'c' }, { id: 'a' }, { id: 'b' }],
      ['reordered  : ["a","b","c"] → ["c","a","b"]'],
    ],
    [
      'a row without an id that came between others',
      [{ upTo: '10' }, { upTo: null }],
      [{ upTo: '10' }, { upTo: '20' }, { upTo: null }],
      ['added - /1: - → {"upTo":"20"}'],
    ],
    [
      'a value in a row without an id',
      [
        { upTo: '10', unit: '5' },
        { upTo: null, unit: '4' },
      ],
      [
        { upTo: '10', unit: '6' },
        { upTo: null, unit: '4' },
      ],
      ['changed /0/unit /0/unit: "5" → "6"'],
    ],
    [
      'one shape that became another, as a whole',
      { effect: { op: 'percentOff', percent: '50' } },
      { effect: { op: 'amountOff', amount: '500' } },
      ['changed /effect /effect: {"op":"percentOff","percent":"50"} → {"op":"amountOff","amount":"500"}'],
    ],
    [
      'all that became any, as a whole',
      { all: [{ fact: 'a' }] },
      { any: [{ fact: 'a' }] },
      ['changed  : {"all":[{"fact":"a"}]} → {"any":[{"fact":"a"}]}'],
    ],
  ];
  it.each(rows)('is %s', (_, before, after, expected) => {
    expect(differences(before, after).map(told)).toEqual(expected);
  });
});

describe('two documents', () => {
  const key = fc.constantFrom('id', 'op', 'a', 'b/c', 'd~e');
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('', 'x', 'y', '3000', null, true, 1),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const at = (document: unknown, pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (inner, step) => (inner as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );

  it('differ when their canonical texts do, and only then', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(differences(before, structuredClone(before))).toEqual([]);
        expect(differences(before, after).length === 0).toBe(canonicalJson(before) === canonicalJson(after));
      }),
    );
  });

  it('hold what a difference says, at the places that it names', () => {
    fc.assert(
      fc.property(value, value, (before, after) => {
        for (const each of differences(before, after)) {
          if (each.change === 'reordered') continue;
          if (each.change !== 'added') expect(at(before, each.at.before ?? '')).toEqual(each.before);
          if (each.change !== 'removed') expect(at(after, each.at.after ?? '')).toEqual(each.after);
        }
      }),
    );
  });

  it('differ the other way round by what went and what came exchanged', () => {
    const turned = { added: 'removed', removed: 'added', changed: 'changed', reordered: 'reordered' } as const;
    fc.assert(
      fc.property(value, value, (before, after) => {
        const there = differences(before, after).map(({ change, at: place }) => [change, place.before, place.after]);
        const back = differences(after, before).map(({ change, at: place }) => [
          turned[change],
          place.after,
          place.before,
        ]);
        expect(back.map(String).toSorted()).toEqual(there.map(String).toSorted());
      }),
    );
  });
});

describe('a reader', () => {
  const read = readDifferences(
    'Ruleset',
    plan([base('3000'), option], 1),
    plan([base('3500'), { ...option, id: 'other' }]),
  );

  it('is told the place by the labels of the schema and the names of rows', () => {
    expect(read.map(({ place }) => place.map(({ en }) => en).join(' › '))).toEqual([
      'Version',
      'Charges › Basic fee › Price a month',
      'Charges › Option',
      'Charges › Option',
    ]);
    expect(read[1]?.place.map(({ ja }) => ja)).toEqual(['料金項目', 'Basic fee（日本語）', '月額']);
  });

  it('is told what happened in a sentence', () => {
    const sentences = read.map(({ sentence: { code, values } }) => words('en').render(code, values));
    expect(sentences).toEqual(['1 → 2', '3000 → 3500', 'other added', 'option taken out']);
    const [ended] = readDifferences('Ruleset', { effective: { to: null } }, { effective: { to: '2027-01-01' } });
    expect(words('ja').render(ended!.sentence.code, ended!.sentence.values)).toBe('なし → 2027-01-01');
  });
});
