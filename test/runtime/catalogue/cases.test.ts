/** The cases beside a ruleset (受入例) come with the version that is published, have to hold, and keep their names. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishSources } from '#runtime/catalogue/publish-release.ts';
import { listCases } from '#runtime/services/list-cases.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { fullMonth, named, plan, publishPlan } from '../changes/plan-in-draft.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await tenantWithPeople(app);
  await publishPlan(app, people.approver);
});

const publish = (rulesets: readonly Ruleset[], cases: readonly Case[]) =>
  publishSources(
    app,
    people.approver,
    rulesets.map((document) => ({ document })),
    [{ ...named, document: cases, source: 'cases.json' }],
  );
const listed = (version?: number) =>
  listCases(app, people.operator, { ...named, ...(version === undefined ? {} : { version }) });
const april = fullMonth('2026-04', '3300');

describe('cases', () => {
  it('belong to the version that they were published with, and keep their ids in the next', async () => {
    const [first] = await listed();
    const december = fullMonth('2026-12', '3850');
    expect(await publish([plan('3000'), plan('3500', 2, '2026-12-01')], [december, april])).toMatchObject({
      release: { number: 2 },
    });
    expect((await listed()).map(({ document }) => document)).toEqual([december, april]);
    expect((await listed(2))[1]?.id).toBe(first?.id);
    expect((await listed(1)).map(({ document }) => document)).toEqual([april]);
  });

  it('that do not hold stop the publication, and are named', async () => {
    const wrong = fullMonth('2026-12', '3800', 'is 3,500 yen and tax');
    expect(await publish([plan('3500', 2, '2026-12-01')], [april, wrong])).toMatchObject({
      refusal: {
        reason: 'cases-fail',
        cases: [{ case: { it: wrong.it }, checks: [{ expected: '3800', actual: '3850' }] }],
      },
    });
    expect(await publish([plan('3500', 2, '2026-12-01')], [])).toMatchObject({
      refusal: { reason: 'has-errors', diagnostics: [{ code: 'too-few-entries', source: 'cases.json' }] },
    });
    expect(await listed(2)).toEqual([]);
  });

  it('of a version that has some stay as they are', async () => {
    expect(await publish([plan('3000')], [fullMonth('2026-05', '3300')])).toMatchObject({
      release: { number: 1, added: [] },
    });
    expect((await listed()).map(({ document }) => document)).toEqual([april]);
  });

  it('that say the same twice are two', async () => {
    await publish([plan('3000', 2, '2026-12-01')], [april, april]);
    expect(new Set((await listed()).map(({ id }) => id)).size).toBe(2);
  });

  it('are read as strictly as rulesets', async () => {
    const rulesets = [{ document: plan('3000', 2, '2026-12-01') }];
    const cases = [{ ...named, text: '[{"it": 1, "it": 2}]', source: 'cases.json' }];
    expect(await publishRulesets(app, people.approver, { rulesets, cases })).toMatchObject({
      refusal: { reason: 'has-errors', diagnostics: [{ code: 'duplicate-key', source: 'cases.json' }] },
    });
  });
});
