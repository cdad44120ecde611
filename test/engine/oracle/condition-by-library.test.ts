/** Do the interpreter and json-rules-engine give the same answer to every condition? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { conditionByLibrary } from '#engine/oracle/condition-by-library.ts';
import type { Condition, Operator } from '#schemas/generated/types.ts';
import { randomCondition, randomFacts } from './random-conditions.ts';

const numRuns = process.env['KANADE_LONG'] === '1' ? 100_000 : 2_000;
/** One case alone is run again. */
const isReplay = process.env['KANADE_PATH'] !== undefined;

type SomeFacts = Readonly<Record<string, FactValue | undefined>>;

const ours = (condition: Condition, facts: SomeFacts): boolean =>
  compileCondition(condition)((id) => facts[id] ?? null);

/** The condition with one operator taken for another, as a slip of the hand would have it. */
function mistaken(condition: Condition, operator: Operator, another: Operator): Condition {
  const text = JSON.stringify(condition).replaceAll(`"operator":"${operator}"`, `"operator":"${another}"`);
  return JSON.parse(text) as Condition;
}

describe('a condition', () => {
  it(
    `is answered by both alike (${numRuns} at random)`,
    async () => {
      const answers = { true: 0, false: 0 };
      await fc.assert(
        fc.asyncProperty(randomCondition, randomFacts, async (condition, facts) => {
          const answer = ours(condition, facts);
          answers[`${answer}`] += 1;
          expect(answer).toBe(await conditionByLibrary(condition, facts));
        }),
        { numRuns },
      );
      // A generator that only ever made conditions false would prove nothing.
      if (!isReplay) expect(Math.min(answers.true, answers.false)).toBeGreaterThan(numRuns / 5);
    },
    numRuns * 30,
  );

  it.each([
    ['decimalLessThan', 'decimalLessThanInclusive'],
    ['dateOnOrAfter', 'dateAfter'],
    ['in', 'notIn'],
    ['notEqual', 'equal'],
  ] as const)('is compared at its edges: %s taken for %s does not go unseen', async (operator, another) => {
    const property = fc.asyncProperty(randomCondition, randomFacts, async (condition, facts) => {
      const answer = await conditionByLibrary(mistaken(condition, operator, another), facts);
      return answer === ours(condition, facts);
    });
    expect((await fc.check(property, { numRuns: 5_000, endOnFailure: true })).failed).toBe(true);
  });
});
