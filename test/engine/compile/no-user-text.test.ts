/** Can anything that an author writes become code? Emitted source is made of a closed vocabulary, whatever the rules say. */
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitLeaves } from '#engine/compile/compile-rules.ts';
import { emitConditions } from '#engine/compile/emit-conditions.ts';
import { emitTables } from '#engine/compile/emit-tables.ts';
import { columnsOf, type UsageColumns } from '#engine/rating/columns.ts';
import { kernelSource, type Features } from '#engine/rating/kernel.ts';
import { ratingOf } from '#engine/rating/rate.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import { operators } from '#engine/conditions/operators.ts';
import type {
  Condition,
  ConditionValue,
  MatrixPrice,
  Operator,
  RatePlanRuleset,
  Usage,
} from '#schemas/generated/types.ts';

const names = 'order k f v o x into push has includes startsWith Array isArray'.split(' ');
const keywords = 'typeof let return if true null'.split(' ');
const vocabulary = new Set([...names, ...keywords, "'string'", '"use strict"']);

/** What the loop that rates uses says besides: its columns, its tables, what a product has come to. */
const kernelWords = [
  ...'t c s out rest from to product quantity plan codes meter meters combinations rate size left dispatch local'.split(
    ' ',
  ),
  ...'keys free included connect cap due perEvent first upTo above base price step used units spent firstProduct'.split(
    ' ',
  ),
  ...'offsets dimensions total i m place slot cell owner bucket key charged drawn beyond amount room all sum p worth'.split(
    ' ',
  ),
  ...['Infinity', 'NaN', 'Math', 'ceil', 'const', 'for', 'continue', 'else', 'while'],
];

const strangers = (source: string): string[] => strangersOf(source, vocabulary);

/** The words of a text that are neither ours nor a number nor a sign. */
const strangersOf = (source: string, known: ReadonlySet<string>): string[] =>
  (source.match(/"[^"]*"|'[^']*'|`[^`]*`|[\p{L}_$][\p{L}\p{N}_$]*|[^\s\w]|\d+/gu) ?? []).filter(
    (word) => !known.has(word) && !/^(\d+|[od]\d+|[-()[\]{},;.=!<>&|+*/?:])$/.test(word),
  );

/** What an author might write who would rather run something. */
const hostile: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'process.exit()',
    '`${alert(1)}`',
    "'; throw 1; '",
    '*/ import("x") /*',
    '\u2028x',
    '__proto__',
    '</script>',
  ),
  fc.string({ minLength: 1, unit: 'binary' }),
);

const decimal = fc.constantFrom('0', '9', '10.5', '-3');

function valueFor(operator: Operator): Arbitrary<ConditionValue> {
  switch (operators[operator].valueShape) {
    case 'listOfFact':
      return fc.array(hostile, { minLength: 1, maxLength: 3 });
    case 'boolean':
      return fc.boolean();
    case 'decimal':
      return decimal;
    case 'decimalRange':
      return fc.tuple(decimal, decimal);
    case 'dateRange':
      return fc.tuple(hostile, hostile);
    default:
      return hostile;
  }
}

const condition: Arbitrary<Condition> = fc
  .array(
    fc
      .constantFrom(...(Object.keys(operators) as Operator[]))
      .chain((operator) => fc.tuple(hostile, valueFor(operator)).map(([fact, value]) => ({ fact, operator, value }))),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => ({ any: [{ all }, { not: { all } }] }));

/** A price table of whatever the conditions ask for. */
const tableOf = (conditions: readonly Condition[]): MatrixPrice => ({
  ...{ model: 'matrix', hit: 'first', columns: [{ fact: 'usage.destination', match: 'equal' }] },
  rows: conditions.map((each, row) => ({ id: `R-${row}`, when: [JSON.stringify(each)], unitPrice: '1' })),
});

const flag = fc.boolean();
const features: Arbitrary<Features> = fc.record({
  ...{
    split: flag,
    dimensions: fc.nat(4),
    left: flag,
    gaps: flag,
    free: flag,
    included: flag,
    connect: flag,
    cap: flag,
  },
  ...{ due: flag, byRow: flag, byTotal: flag, byPeriod: flag, packages: flag },
});

/** Calls at a price for one destination, and at another for all others. */
function planCalled(id: string, destination: string): RatePlanRuleset {
  const price = {
    ...{ model: 'matrix', hit: 'first', columns: [{ fact: 'usage.destination', match: 'equal' }] },
    rows: [destination, null].map((cell, row) => ({
      id: `${destination} ${row}`,
      when: [cell],
      unitPrice: `${row + 1}`,
    })),
  };
  const charge = {
    ...{ type: 'usage', id: destination, name: { ja: destination, en: destination }, meter: 'voice.seconds' },
    ...{ unit: { size: '30', rounding: 'up', per: 'event' }, price, taxCategory: 'standard' },
  };
  const [name, effective] = [
    { ja: id, en: id },
    { from: '2026-01-01', to: null },
  ];
  const body = { charges: [charge] } as unknown as RatePlanRuleset['body'];
  return { kind: 'ratePlan', id, version: 1, name, effective, reason: id, body } as RatePlanRuleset;
}

describe('emitted source', () => {
  it('has no word of a rule in it', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
        const facts: string[] = [];
        const numberOf = (fact: string): number => facts.push(fact) - 1;
        const sources = [
          emitConditions(conditions).source,
          emitLeaves(conditions, [[...conditions.keys()]], numberOf).source,
          emitTables([tableOf(conditions)]).source,
        ];
        expect(sources.flatMap(strangers)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of the loop that rates uses says which features a tariff has, and nothing of the tariff', () => {
    fc.assert(
      fc.property(features, (some) => {
        expect(strangersOf(kernelSource(some), new Set([...vocabulary, ...kernelWords]))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('of that loop is the same whatever words the plans and the uses are made of', () => {
    const sourceFor = (plan: string, destination: string): string => {
      const use: Usage = {
        ...{ id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-11-03T10:00:00', quantity: '60' },
        attributes: { destination },
      };
      const columns = columnsOf([{ use, plan }]) as UsageColumns;
      const source = ratingOf(new Map([[plan, planCalled(plan, destination)]]), columns, evaluateSource).source;
      return source;
    };
    const plain = sourceFor('plan', 'mobile');
    expect(strangersOf(plain, new Set([...vocabulary, ...kernelWords]))).toEqual([]);
    fc.assert(
      fc.property(hostile, hostile, (plan, destination) => {
        expect(sourceFor(plan, destination)).toBe(plain);
      }),
      { numRuns: 100 },
    );
  });

  it.each(["v[0] === 'mobile'", 'k[0](process)', 'x = `a`', 'v[0] === "mobile"', '$'])(
    'would be found out with `%s` in it',
    (source) => {
      expect(strangers(source)).not.toEqual([]);
    },
  );
});
