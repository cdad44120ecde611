/** Is what is called mere wording really free of consequences, whatever is changed? Laws over random changes of the shipped rulesets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCases } from '#engine/cases/run-cases.ts';
import { meaningOf } from '#engine/diff/meaning/meaning.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { caseFiles, casesIn, rulesetsOf } from '../../rulesets/shipped.ts';

const operators = ['kanade-mobile', 'kanade-fibre', 'kanade-licences', 'kanade-pantry'];

/** Every shipped ruleset that has cases of its own, with what it is billed together with. */
const tried = operators.flatMap((operator) => {
  const rulesets = rulesetsOf(operator);
  return caseFiles(operator).flatMap((file) => {
    const [, kind, id] = file.file.split('/');
    const ruleset = rulesets.findLast((each) => each.kind === kind && each.id === id);
    return ruleset === undefined ? [] : [{ ruleset, rulesets, cases: casesIn(file) }];
  });
});

type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string | number };

/** Every place of the body, in the order of the document. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [
    { holder: value as Place['holder'], key },
    ...placesIn((value as Record<string | number, unknown>)[key]),
  ]);
}

/** What people do to a figure, a choice, a list, an optional field. */
const edits: ((value: unknown) => unknown)[] = [
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? `${value}.0` : value),
  (value) => (typeof value === 'string' && /^\d+$/.test(value) ? String(Number(value) + 1) : value),
  (value) => (typeof value === 'number' ? value + 1 : value),
  (value) => (Array.isArray(value) ? value.toReversed() : value),
  (value) => (typeof value === 'boolean' ? !value : value),
  (value) => ({ byDay: 'full', full: 'byDay', free: 'full', down: 'up', standard: 'reduced' })[String(value)] ?? value,
  () => undefined,
];

const change = fc.record({
  which: fc.nat({ max: tried.length - 1 }),
  at: fc.array(fc.tuple(fc.nat(), fc.nat({ max: edits.length - 1 })), { minLength: 1, maxLength: 2 }),
});

function changedBy(ruleset: Ruleset, at: readonly (readonly [number, number])[]): Ruleset {
  const after = structuredClone(ruleset);
  for (const [index, edit] of at) {
    const places = placesIn(after.body);
    if (places.length === 0) break;
    const { holder, key } = places[index % places.length]!;
    const value = edits[edit]!((holder as Record<string | number, unknown>)[key]);
    if (value !== undefined) (holder as Record<string | number, unknown>)[key] = value;
    else if (!Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  }
  return after;
}

/** Every amount that the cases come to, in whatever order its lines stand. */
function amountsOf(cases: readonly Case[], rulesets: readonly Ruleset[]): unknown {
  return runCases(cases, prepareRelease(rulesets)).map(({ problem, checks }) => ({
    problem: problem?.code,
    figures: checks.map(({ month, figure, key, actual }) => [month, figure, key, actual]),
  }));
}

describe('a change', () => {
  it('in words only leaves every amount of the cases as it was', () => {
    let [wordsOnly, others] = [0, 0];
    fc.assert(
      fc.property(change, ({ which, at }) => {
        const { ruleset, rulesets, cases } = tried[which]!;
        const after = changedBy(ruleset, at);
        if (formErrors('Ruleset', after).length > 0) return;
        if (meaningOf(ruleset, after).some(({ about }) => about !== 'cosmetic')) {
          others += 1;
          return;
        }
        wordsOnly += 1;
        const replaced = rulesets.map((each) => (each === ruleset ? after : each));
        expect(amountsOf(cases, replaced)).toEqual(amountsOf(cases, rulesets));
      }),
      { numRuns: process.env['KANADE_LONG'] === '1' ? 20_000 : 600 },
    );
    // The law has to have been asked often, in both directions.
    expect(Math.min(wordsOnly, others)).toBeGreaterThan(20);
  });

  it('of nothing says nothing', () => {
    fc.assert(
      fc.property(change, ({ which, at }) => {
        const after = changedBy(tried[which]!.ruleset, at);
        expect(meaningOf(after, structuredClone(after))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
