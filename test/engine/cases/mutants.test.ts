/** Would a mistake in a ruleset be noticed? Each is made once, and told when no case notices it. */
import { describe, expect, it } from 'vitest';
import { mutantsOf } from '#engine/cases/mutants.ts';
import { judgedOnce, mutationRun, scoreOf } from '#engine/cases/mutation-run.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from '../rulesets/sound-set.ts';
import { caseFiles, casesIn, rulesetsOf } from '../../rulesets/shipped.ts';

const inShort = (ruleset: Ruleset): string[] =>
  mutantsOf(ruleset).map(({ kind, path, from, to }) => `${kind} ${path.slice('/body'.length)} ${from} → ${to}`);

describe('a mistake is made', () => {
  it('in each bound of a campaign, one day or month earlier and later, and in its figure', () => {
    const { campaign } = soundSet();
    expect(inShort({ ...campaign, body: { ...campaign.body, window: { from: '2026-04-01', to: null } } })).toEqual([
      'boundary /window/from 2026-04-01 → 2026-03-31',
      'boundary /window/from 2026-04-01 → 2026-04-02',
      ...inShort(campaign).filter((each) => !each.includes('/window/')),
    ]);
    expect(inShort(campaign).some((each) => each.startsWith('boundary /duration/months'))).toBe(true);
  });

  it('in each comparison of a condition, and in how they are joined', () => {
    const { penalty } = soundSet();
    penalty.body.waivedWhen = {
      any: [
        { fact: 'product.tenureMonths', operator: 'decimalGreaterThan', value: '24' },
        { fact: 'customer.segment', operator: 'in', value: ['vip'] },
      ],
    };
    expect(inShort(penalty).filter((each) => each.includes('waivedWhen'))).toEqual([
      'operator /waivedWhen any → all',
      'operator /waivedWhen/any/0/operator decimalGreaterThan → decimalGreaterThanInclusive',
      'boundary /waivedWhen/any/0/value 24 → 23',
      'boundary /waivedWhen/any/0/value 24 → 25',
      'operator /waivedWhen/any/1/operator in → notIn',
    ]);
  });

  it('in one place at a time, and never in the ruleset itself', () => {
    const { ratePlan } = soundSet();
    const before = JSON.stringify(ratePlan);
    for (const { path, to, ruleset } of mutantsOf(ratePlan)) {
      const at = path
        .split('/')
        .slice(1)
        .reduce((value, key) => (value as Record<string, unknown>)[key], ruleset as unknown);
      expect(typeof at === 'object' ? Object.keys(at as object) : [String(at)]).toContain(to);
    }
    expect(JSON.stringify(ratePlan)).toBe(before);
  });
});

describe('of the tariff of a shop for licences', () => {
  const operator = 'kanade-licences';
  const rulesets = rulesetsOf(operator);
  const cases = caseFiles(operator).flatMap(casesIn);
  const survivors = (of: readonly Case[]): string[] =>
    judgedOnce([...mutationRun(rulesets, of)])
      .filter(({ fate }) => fate === 'survives')
      .map(({ ruleset: { kind, id }, mutant: { path, to } }) => `${kind}/${id} ${path} ${to}`);

  it('every price is held to by a case, and by none when the cases are taken away', () => {
    const prices = (all: readonly string[]): string[] => all.filter((each) => /\/(price|unitPrice) /.test(each));
    expect(prices(survivors(cases))).toEqual([]);
    expect(prices(survivors([])).length).toBeGreaterThan(5);
  });

  it('a case that fails anyway proves nothing', () => {
    const failing = cases.map((one): Case => ({ ...one, expect: { total: '1' } }));
    expect(survivors(failing)).toEqual(survivors([]));
  });
});

describe('of versions that say the same', () => {
  it('one mistake is told, and none when one of them is held to by a case', () => {
    const { term } = soundSet();
    const judged = (fate: 'noticed' | 'survives', version: number) =>
      mutantsOf(term).map((mutant) => ({ ruleset: { ...term, version }, mutant, fate }));
    const mutants = mutantsOf(term).length;
    expect(mutants).toBeGreaterThan(0);
    expect(scoreOf(judgedOnce([...judged('survives', 1), ...judged('survives', 2)]))).toMatchObject({
      mutants,
      noticed: 0,
    });
    expect(scoreOf(judgedOnce([...judged('survives', 1), ...judged('noticed', 2)]))).toMatchObject({
      mutants,
      noticed: mutants,
    });
  });
});
