/** Is an author told which mistakes no case would notice? */
import { describe, expect, it } from 'vitest';
import { kanade } from './terminal.ts';

describe('ruleset mutants', () => {
  it('names the place, what it says and what it might say instead, and counts', async () => {
    const { exit, out } = await kanade(['ruleset', 'mutants', 'rulesets/real-usage', '--lang', 'en']);
    expect(exit).toBe(0);
    expect(out).toMatch(/real-usage: 8 mistakes tried, 8 noticed by cases, 0 refused by the checks/);
  });

  it('gives the survivors as values', async () => {
    const { out } = await kanade(['ruleset', 'mutants', 'rulesets/kanade-pantry', '--json']);
    const { operators } = JSON.parse(out) as {
      operators: {
        mutants: number;
        noticed: number;
        refused: number;
        survivors: { ruleset: string; path: string }[];
      }[];
    };
    const [{ mutants, noticed, refused, survivors } = { mutants: 0, noticed: 0, refused: 0, survivors: [] }] =
      operators;
    expect(mutants).toBeGreaterThan(10);
    expect(survivors).toHaveLength(mutants - noticed - refused);
    for (const each of survivors) expect(each.ruleset).toMatch(/^[a-zA-Z]+\/[a-z-]+@\d+$/);
  });
});
