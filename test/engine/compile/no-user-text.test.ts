/** Can anything that an author writes become code? Emitted source is made of a closed vocabulary, whatever the rules say. */
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitLeaves } from '#engine/compile/compile-rules.ts';
import { emitConditions } from '#engine/compile/emit-conditions.ts';
import { operators } from '#engine/conditions/operators.ts';
import type { Condition, ConditionValue, Operator } from '#schemas/generated/types.ts';

const names = 'order k f v o x into push has includes startsWith Array isArray'.split(' ');
const keywords = 'typeof let return if true null'.split(' ');
const vocabulary = new Set([...names, ...keywords, "'string'", '"use strict"']);

/** The words of a text that are neither ours nor a number nor a sign. */
const strangers = (source: string): string[] =>
  (source.match(/"[^"]*"|'[^']*'|`[^`]*`|[\p{L}_$][\p{L}\p{N}_$]*|[^\s\w]|\d+/gu) ?? []).filter(
    (word) => !vocabulary.has(word) && !/^(\d+|[-()[\]{},;.=!<>&|+])$/.test(word),
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

describe('emitted source', () => {
  it('has no word of a rule in it', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
        const facts: string[] = [];
        const numberOf = (fact: string): number => facts.push(fact) - 1;
        const sources = [
          emitConditions(conditions).source,
          emitLeaves(conditions, [[...conditions.keys()]], numberOf).source,
        ];
        expect(sources.flatMap(strangers)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["v[0] === 'mobile'", 'k[0](process)', 'x = `a`', 'v[0] === "mobile"', '$'])(
    'would be found out with `%s` in it',
    (source) => {
      expect(strangers(source)).not.toEqual([]);
    },
  );
});
