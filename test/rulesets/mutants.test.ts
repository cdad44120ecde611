/** Would the shipped cases notice a mistake in a ruleset? Every mistake of every operator's is made, each once, and nine in ten of each operator's are noticed. */
import { describe, expect, it } from 'vitest';
import { judgedOnce, mutationRun, scoreOf } from '#engine/cases/mutation-run.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

describe('of the mistakes that a ruleset could have', () => {
  let mistakes = 0;

  it.each(operators)('the cases of %s notice nine in ten', (operator) => {
    const cases = caseFiles(operator).flatMap(casesIn);
    const { mutants, noticed, refused } = scoreOf(judgedOnce([...mutationRun(rulesetsOf(operator), cases)]));
    mistakes += mutants;
    expect((noticed + refused) / mutants).toBeGreaterThanOrEqual(0.9);
  });

  it('there are hundreds', () => {
    expect(mistakes).toBeGreaterThan(500);
  });
});
