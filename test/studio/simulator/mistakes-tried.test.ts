/** Is an author shown every place of a draft that no case holds to, and how far the trying is? */
import { describe, expect, it } from 'vitest';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { mistakesTried, type MistakesTried } from '#lib/simulator/mistakes-tried.ts';
import { caseFiles, casesIn, rulesetsOf } from '../../rulesets/shipped.ts';

const rulesets = rulesetsOf('kanade-cable');
const draft = rulesets.find(({ kind }) => kind === 'tenureDiscount') as Ruleset;
const others = rulesets.filter((each) => each !== draft);
const folder = `${draft.kind}/${draft.id}/`;
const own = caseFiles('kanade-cable').flatMap((each) => (each.file.includes(folder) ? casesIn(each) : []));

const all = (cases: readonly Case[], text = JSON.stringify(draft)): MistakesTried[] => [
  ...mistakesTried({ text, others, cases }),
];
const places = (tried: readonly MistakesTried[]): string[] => (tried.at(-1)?.survivors ?? []).map(({ path }) => path);

describe('mistakes in a draft', () => {
  it('are tried one by one, to the last', () => {
    const steps = all(own);
    expect(steps.map(({ tried }) => tried)).toEqual(steps.map((_, index) => index + 1));
    const { tried, of, noticed, refused, survivors } = steps.at(-1)!;
    expect(tried).toBe(of);
    expect(noticed + refused + survivors.length).toBe(of);
    expect(noticed).toBeGreaterThan(0);
  });

  it('are noticed by nobody where there is no case, and each is told with its place and its remedy', () => {
    const { of, noticed, refused, survivors } = all([]).at(-1)!;
    expect(noticed).toBe(0);
    expect(survivors).toHaveLength(of - refused);
    expect(new Set(survivors.map(({ code }) => code))).toEqual(new Set(['mutant-survives']));
    expect(places(all([])).length).toBeGreaterThan(places(all(own)).length);
  });

  it('are noticed in a version to come by the cases of those before it, where both say the same', () => {
    const next = JSON.stringify({ ...draft, version: draft.version + 1, effective: { from: '2031-04-01', to: null } });
    const tried = [...mistakesTried({ text: next, others: rulesets, cases: own })];
    expect(places(tried)).toEqual(places(all(own)));
  });

  it('are tried in a draft whose reason is still to be written', () => {
    expect(places(all(own, JSON.stringify({ ...draft, reason: '' })))).toEqual(places(all(own)));
  });

  it('are not tried in a draft that is not in order', () => {
    expect(all(own, '{ "kind": ')).toEqual([]);
    expect(all(own, JSON.stringify({ ...draft, body: {} }))).toEqual([]);
  });
});
