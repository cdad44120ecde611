/** Are uses of one kind the same to every charge, and is a kind worked out only where there is a use of it? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operators } from '#engine/conditions/operators.ts';
import { toText } from '#engine/money/exact.ts';
import { columnsOf, wordsOf, type UsageColumns } from '#engine/rating/columns.ts';
import { dimensionsOf, kindOf } from '#engine/rating/kinds.ts';
import { rateColumns, ratingOf } from '#engine/rating/rate.ts';
import { tariffOf } from '#engine/rating/tariff.ts';
import { cellAnswers } from '#engine/tables/matrix.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Comparison, MatrixCell, MatrixPrice, RatePlanRuleset, UsageCharge } from '#schemas/generated/types.ts';
import { plan, usage } from '../billing/build.ts';

type Said = Readonly<Record<string, string>>;

function columns(said: readonly Said[]): UsageColumns {
  const made = columnsOf(
    said.map((attributes, number) => ({
      plan: 'plan',
      use: {
        ...{ id: `U-${number}`, product: 'P-1', meter: 'voice.seconds', quantity: '1', attributes },
        startedAt: '2026-04-10T10:00:00',
      },
    })),
  );
  if ('notWhole' in made) throw new Error('quantities are whole');
  return made;
}

const table = (match: 'equal' | 'prefix', cells: readonly MatrixCell[]): MatrixPrice => ({
  ...{ model: 'matrix', hit: 'first', columns: [{ fact: 'usage.number', match }] },
  rows: cells.map((cell, row) => ({ id: `R-${row}`, when: [cell], unitPrice: String(row + 1) })),
});

const planOf = (charge: Partial<UsageCharge>): RatePlanRuleset =>
  plan([usage({ unit: { size: '1', rounding: 'up', per: 'event' }, ...charge })]);

const numbers = ['0', '03', '090', '0901', '1', '9', ''];
const text = fc.constantFrom(...numbers);
const cell = fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }));
const comparison = fc.oneof(
  fc.tuple(fc.constantFrom('equal', 'notEqual', 'startsWith'), text),
  fc.tuple(fc.constantFrom('in', 'notIn'), fc.array(text, { minLength: 1, maxLength: 3 })),
  fc.tuple(fc.constant('isPresent'), fc.boolean()),
) as fc.Arbitrary<[Comparison['operator'], Comparison['value']]>;

describe('a kind of use', () => {
  it('has what no condition and no cell tells apart, and nothing else but what says nothing', () => {
    const uses = columns([...numbers.map((number) => ({ number })), { number: '0902' }, {}]);
    const { words, codes } = uses.facts['usage.number']!;
    let shared = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('equal', 'prefix'),
        fc.array(cell, { minLength: 1, maxLength: 4 }),
        fc.array(comparison, { minLength: 1, maxLength: 3 }),
        (match, cells, asked) => {
          const all = asked.map(([operator, value]) => ({ fact: 'usage.number', operator, value }));
          const [dimension] = dimensionsOf([planOf({ where: { all }, price: table(match, cells) })], uses);
          const answersOf = (word: string | null): string =>
            [
              ...asked.map(([operator, value]) => operators[operator].impl(word, value)),
              ...(match === 'prefix' ? cells.flat() : cells).map((each) => cellAnswers(each, match, word)),
            ].join();
          const said = words.filter((word) => word !== null);
          const classOf = (word: string): number => dimension!.classOf[words.indexOf(word)]!;
          for (const one of said) {
            for (const other of said) {
              if (one !== other && classOf(one) === classOf(other)) shared += 1;
              expect(classOf(one) === classOf(other)).toBe(answersOf(one) === answersOf(other));
            }
          }
          expect(dimension!.words.map((word) => dimension!.classOf[words.indexOf(word)])).toEqual([
            ...Array(dimension!.classes).keys(),
          ]);
        },
      ),
      { numRuns: 300 },
    );
    expect([shared > 300, codes.length]).toEqual([true, uses.count]);
  });

  it('is one of more than a machine word of sixteen bits counts: each of 70,000 places has its own', () => {
    const places = Array.from({ length: 70_000 }, (_, place) => `place-${place}`);
    const uses = { ...columns([{}]), facts: { 'usage.number': wordsOf(places) } };
    const [dimension] = dimensionsOf([planOf({ price: table('equal', places) })], uses);
    expect([dimension?.classes, new Set(dimension?.classOf).size]).toEqual([70_000, 70_000]);
  });

  it('is worked out where there is a use of it: 301 of 90,000', () => {
    const names = Array.from({ length: 300 }, (_, name) => `name-${name}`);
    const price: MatrixPrice = {
      ...{ model: 'matrix', hit: 'first' },
      columns: [
        { fact: 'usage.number', match: 'equal' },
        { fact: 'usage.destination', match: 'equal' },
      ],
      rows: [
        ...names.map((name, row) => ({ id: `n${row}`, when: [name, null], unitPrice: String(row + 1) })),
        ...names.map((name, row) => ({ id: `d${row}`, when: [null, name], unitPrice: String(row + 10_001) })),
      ],
    };
    const said = names.map((number) => ({ number, destination: number }));
    const uses = columns([...said, { number: 'another', destination: 'name-7' }]);
    const plans = new Map([['plan', planOf({ price })]]);
    const { dimensions, combinations, slots } = tariffOf(plans, uses);
    expect([combinations, slots[0]?.answers.filter((of) => of.length > 0).length]).toEqual([90_300, 301]);
    expect(kindOf(dimensions, uses, 0)).toBe(0);
    // 1 + 2 + … + 300, and the place that only the second column knows.
    expect(toText(rateColumns(ratingOf(plans, uses, evaluateSource), uses).total)).toBe(String(45_150 + 10_008));
  });
});
