/** Would the shipped cases notice a mistake in a ruleset? At least nine in ten of every operator's; a sample here, all of them with KANADE_LONG=1. */
import { describe, expect, it } from 'vitest';
import { judgedOnce, mutationRun, scoreOf } from '#engine/cases/mutation-run.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

const isLong = process.env['KANADE_LONG'] === '1';
/** Which of the mistakes are tried: another seed takes others. */
const seed = Number(process.env['KANADE_SEED'] ?? 1);
const oneIn = 6;
const isSampled = (place: string): boolean => {
  let hash = seed;
  for (const character of place) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return isLong || (hash >>> 8) % oneIn === 0;
};

describe('of the mistakes that a ruleset could have', () => {
  it(`cases notice nine in ten${isLong ? '' : ', in a sample'}`, () => {
    const scores = operators.map((operator) =>
      scoreOf(judgedOnce([...mutationRun(rulesetsOf(operator), caseFiles(operator).flatMap(casesIn), isSampled)])),
    );
    const sum = (of: 'mutants' | 'noticed' | 'refused'): number => scores.reduce((so, score) => so + score[of], 0);
    expect(sum('mutants')).toBeGreaterThan(isLong ? 500 : 50);
    const share = ({ mutants, noticed, refused }: ReturnType<typeof scoreOf>): number => (noticed + refused) / mutants;
    if (isLong) expect(operators.filter((_, index) => share(scores[index]!) < 0.9)).toEqual([]);
    // A sample of a hundred or so strays by a few in a hundred.
    else expect((sum('noticed') + sum('refused')) / sum('mutants')).toBeGreaterThanOrEqual(0.8);
  });
});
