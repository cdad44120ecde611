/**
 * Is every shipped case billed alike, whichever way it is computed? With conditions interpreted, as a browser does it; with the
 * release compiled, as the workers of a cycle do it; at once and month after month; with uses one by one and counted while they are read.
 */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { nextMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import type { EvaluateSource } from '#engine/compile/evaluate-source.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { countedAhead } from '#engine/usage/count-ahead.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, Bill, Case, Ruleset } from '#schemas/generated/types.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

/** How often emitted code was asked: a release that was interpreted after all would prove nothing. */
const asked = { conditions: 0, tables: 0 };

type Asked = (...given: unknown[]) => unknown;

const counted =
  (what: keyof typeof asked, ask: Asked): Asked =>
  (...given) => {
    asked[what] += 1;
    return ask(...given);
  };

/** Conditions come as factories that are given their constants, tables as functions. */
const countedSource: EvaluateSource = (source) => {
  const emitted = evaluateSource(source);
  if (Array.isArray(emitted)) return (emitted as Asked[]).map((ask) => counted('tables', ask));
  return (order: unknown) =>
    (emitted as (order: unknown) => Asked[])(order).map((made) =>
      made.length > 1 ? made : (constants: unknown) => counted('conditions', made(constants) as Asked),
    );
};

/** The rulesets that the case names. */
const ofCase = ({ release = [] }: Case, rulesets: readonly Ruleset[]): readonly Ruleset[] =>
  rulesets.filter(({ kind, id }) => release.includes(`${kind}/${id}`));

/** Month after month as cycles go, uses counted while they are read wherever they can be. */
function asCycles(given: AccountDocument, release: Release, atOnce: readonly Bill[], found: { ahead: number }) {
  const bills: Bill[] = [];
  let state = given.previousState;
  for (let month = given.periods.first; month <= given.periods.last; month = nextMonth(month)) {
    const periods = atOnce
      .filter(({ period }) => addDays(period.end, -1).startsWith(month))
      .map(({ period }) => period);
    const isOne = given.periods.first === given.periods.last;
    const usage = given.usage?.filter(
      ({ startedAt }) =>
        isOne || periods.some(({ start, end }) => startedAt.slice(0, 10) >= start && startedAt.slice(0, 10) < end),
    );
    const document: AccountDocument = {
      ...given,
      ...(usage && { usage }),
      periods: { first: month, last: month },
      ...(state && { previousState: state }),
    };
    const counted = countedAhead(document, release);
    if (counted !== undefined && (usage?.length ?? 0) > 0) found.ahead += 1;
    const result = counted === undefined ? bill(document, release) : bill(counted.document, release, counted);
    bills.push(...result.bills);
    state = result.nextState;
  }
  return { bills, nextState: state };
}

describe.each(operators)('%s', (operator) => {
  const cases = caseFiles(operator).flatMap(casesIn);

  it(`bills its ${cases.length} cases to the same byte, interpreted, compiled and as its cycles do`, () => {
    const rulesets = rulesetsOf(operator);
    // Conditions of their own: those of the others stay interpreted.
    const emitted = structuredClone(rulesets) as readonly Ruleset[];
    compileRelease(emitted, countedSource);
    Object.assign(asked, { conditions: 0, tables: 0 });
    const found = { ahead: 0 };
    const all = { interpreted: prepareRelease(rulesets), compiled: prepareRelease(emitted, countedSource) };
    for (const one of cases) {
      const before = { ...asked };
      const interpreted = bill(one.given, releaseOf(one, all.interpreted));
      const compiled = one.release === undefined ? all.compiled : prepareRelease(ofCase(one, emitted), countedSource);
      const bytes = JSON.stringify(interpreted);
      expect(asked).toEqual(before);
      expect(JSON.stringify(bill(one.given, compiled)), one.it.en).toBe(bytes);
      expect(JSON.stringify(asCycles(one.given, compiled, interpreted.bills, found)), one.it.en).toBe(bytes);
    }
    if (operator === 'kanade-energy') expect(asked.tables).toBeGreaterThan(20);
    if (operator === 'kanade-mobile') {
      expect(asked.conditions).toBeGreaterThan(300);
      expect(found.ahead).toBeGreaterThan(20);
    }
  });
});
