/**
 * Do the interpreter, the emitted code and json-rules-engine decide alike, rule by rule and account by account?
 * 2,500 rulesets × 4 accounts at each run; KANADE_LONG=1 for forty times as many. A failure prints its seed and path:
 * KANADE_SEED=<seed> KANADE_PATH=<path> runs that case again.
 */
import fc from 'fast-check';
import jsonRulesEngine, { type TopLevelCondition } from 'json-rules-engine';
import { describe, expect, it } from 'vitest';
import { compileRules } from '#engine/compile/compile-rules.ts';
import { compileConditions } from '#engine/compile/emit-conditions.ts';
import { compileCondition, type FactValue } from '#engine/conditions/evaluate.ts';
import { operators } from '#engine/conditions/operators.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Condition } from '#schemas/generated/types.ts';
import { randomCondition, randomFacts } from '../oracle/random-conditions.ts';

const ACCOUNTS = 4;
const numRuns = process.env['KANADE_LONG'] === '1' ? 100_000 : 2_500;
/** One case alone is run again. */
const isReplay = process.env['KANADE_PATH'] !== undefined;

type Account = Readonly<Record<string, FactValue | undefined>>;

/** Rules whose first line asks for an offering, as most do: those that the index is made for. */
const ruleForOffering = fc
  .tuple(fc.constantFrom('mobile', 'mobile-basic', 'internet'), fc.array(randomCondition, { maxLength: 1 }))
  .map(([value, more]): Condition => ({ all: [{ fact: 'product.offering', operator: 'equal', value }, ...more] }));

const someRules = fc.oneof(
  fc.array(randomCondition, { minLength: 1, maxLength: 4 }),
  fc.array(fc.oneof(ruleForOffering, randomCondition), { minLength: 13, maxLength: 20 }),
);
const ruleset = fc.oneof({ weight: 4, arbitrary: someRules }, { weight: 1, arbitrary: fc.array(ruleForOffering) });
const accounts = fc.array(randomFacts, { minLength: ACCOUNTS, maxLength: ACCOUNTS });

const factsOf =
  (account: Account) =>
  (id: string): FactValue =>
    account[id] ?? null;

function byInterpreter(conditions: readonly Condition[]): (account: Account) => number[] {
  const ready = conditions.map(compileCondition);
  return (account) => [...ready.keys()].filter((rule) => ready[rule]!(factsOf(account)));
}

function byCode(conditions: readonly Condition[]): (account: Account) => number[] {
  const ready = compileConditions(conditions, evaluateSource);
  return (account) => [...ready.keys()].filter((rule) => ready[rule]!(factsOf(account)));
}

function byRules(conditions: readonly Condition[], evaluate?: typeof evaluateSource): (account: Account) => number[] {
  const rules = compileRules(conditions, evaluate);
  return (account) => {
    const into: number[] = [];
    rules.match(rules.facts.map(factsOf(account)), into);
    return into;
  };
}

function byLibrary(conditions: readonly Condition[]): (account: Account) => Promise<number[]> {
  const rules = conditions.map((condition, rule) => ({
    conditions: condition as TopLevelCondition,
    event: { type: String(rule) },
  }));
  const engine = jsonRulesEngine(rules, { allowUndefinedFacts: true });
  for (const [name, { impl }] of Object.entries(operators)) {
    engine.addOperator(name, (fact: FactValue | undefined, value: Parameters<typeof impl>[1]) =>
      impl(fact ?? null, value),
    );
  }
  return async (account) => {
    const { events } = await engine.run({ ...account });
    return events.map(({ type }) => Number(type)).sort((a, b) => a - b);
  };
}

describe('a ruleset', () => {
  it(
    `is decided alike for every account, whoever decides (${numRuns} × ${ACCOUNTS} at random)`,
    async () => {
      const count = { held: 0, not: 0 };
      await fc.assert(
        fc.asyncProperty(ruleset, accounts, async (conditions, of) => {
          const library = byLibrary(conditions);
          const ways = [
            byInterpreter(conditions),
            byCode(conditions),
            byRules(conditions, evaluateSource),
            byRules(conditions),
          ];
          for (const account of of) {
            const expected = await library(account);
            for (const decide of ways) expect(decide(account)).toEqual(expected);
            count.held += expected.length;
            count.not += conditions.length - expected.length;
          }
        }),
        { numRuns },
      );
      // Rules that never held, or always did, would prove nothing.
      if (!isReplay) expect(Math.min(count.held, count.not)).toBeGreaterThan(numRuns);
    },
    numRuns * 40,
  );
});
