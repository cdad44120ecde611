/** Does a folder of rulesets come in as drafts, each once, and go the way of every change (フォルダーの取り込み)? */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importRulesets } from '#runtime/services/import-rulesets.ts';
import { checkDraft } from '#runtime/services/check-draft.ts';
import { listCases } from '#runtime/services/list-cases.ts';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { submitDraft } from '#runtime/services/submit-draft.ts';
import { withdrawDraft } from '#runtime/services/withdraw-draft.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { fullMonth, plan, publishPlan } from './plan-in-draft.ts';

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

const file = (ruleset: Ruleset) => ({
  text: JSON.stringify(ruleset),
  source: `${ruleset.kind}/${ruleset.id}/v${String(ruleset.version)}.json`,
});
const beside = (...cases: readonly Case[]) => [{ kind: 'ratePlan', id: 'basic', text: JSON.stringify(cases) }];
const bring = (rulesets: readonly Ruleset[], cases = beside(fullMonth('2026-04', '3300'))) =>
  importRulesets(app, people.productManager, { rulesets: rulesets.map(file), cases });
async function begun(...given: Parameters<typeof bring>) {
  const result = await bring(...given);
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal));
  return result;
}

const dearer = plan('3500', 2, '2026-12-01');

describe('a folder', () => {
  it('that says what is published begins nothing', async () => {
    expect(await begun([plan('3000')])).toEqual({ started: [], same: 1, underWay: [], later: [] });
  });

  it('that holds the next version begins a draft with the cases beside it, which may be submitted', async () => {
    // 3,500 and 10 %
    const december = fullMonth('2026-12', '3850');
    const { started, same } = await begun([plan('3000'), dearer], beside(fullMonth('2026-04', '3300'), december));
    expect([started.map(({ ruleset, version }) => [ruleset, version]), same]).toEqual([[['ratePlan/basic', 2]], 0]);
    const [{ draftId }] = started as [(typeof started)[number]];
    const shown = await showDraft(app, people.productManager, { draftId });
    expect([JSON.parse(shown.text), shown.baseVersion]).toEqual([dearer, 1]);
    expect(shown.steps.map(({ action, by }) => `${action} ${by.name}`)).toEqual(['draft.started productManager']);
    const cases = await listCases(app, people.productManager, { draftId });
    expect(cases.map(({ document }) => document?.expect)).toEqual([{ total: '3300' }, { total: '3850' }]);
    // The case that was there is still the same one.
    const kept = await listCases(app, people.productManager, { kind: 'ratePlan', id: 'basic' });
    expect(cases[0]?.id).toBe(kept[0]?.id);
    expect((await checkDraft(app, people.productManager, { draftId })).obstacles).toEqual([]);
    const submitted = await submitDraft(app, people.productManager, { draftId, revision: 1 });
    expect(submitted).toMatchObject({ state: 'inReview' });
  });

  it('that changes the version in use makes the next one of it, and without cases keeps those in use', async () => {
    const { started } = await begun([plan('3200')], []);
    const [{ draftId, version }] = started as [(typeof started)[number]];
    expect(version).toBe(2);
    const { text } = await showDraft(app, people.productManager, { draftId });
    expect(JSON.parse(text)).toEqual({ ...plan('3200'), version: 2 });
    expect(await listCases(app, people.productManager, { draftId })).toHaveLength(1);
  });

  it('that holds several new versions begins the first of them', async () => {
    const { started, later } = await begun([dearer, plan('3600', 3, '2027-01-01')]);
    expect(started.map(({ version }) => version)).toEqual([2]);
    expect(later).toEqual(['ratePlan/basic/v3']);
  });

  it('that holds a ruleset which is new begins its first version', async () => {
    const { started } = await begun([{ ...plan('900', 4), id: 'second' }]);
    expect(started).toMatchObject([{ ruleset: 'ratePlan/second', version: 1 }]);
  });

  it('brought in twice begins nothing twice, until the draft is over', async () => {
    const { started } = await begun([dearer]);
    const [{ draftId }] = started as [(typeof started)[number]];
    expect(await begun([dearer])).toEqual({
      ...{ started: [], same: 0, later: [] },
      underWay: [{ draftId, ruleset: 'ratePlan/basic' }],
    });
    expect((await listDrafts(app, people.productManager)).rows).toHaveLength(1);
    await withdrawDraft(app, people.productManager, { draftId });
    expect((await begun([dearer])).started).toHaveLength(1);
  });

  it('with one file that cannot be read, or has not its form, begins nothing at all', async () => {
    const broken = { text: '{ "kind": ', source: 'tax/tax/v2.json' };
    const formless = { text: JSON.stringify({ ...plan('1', 2), body: {} }), source: 'ratePlan/basic/v2.json' };
    const rulesets = [file({ ...plan('900'), id: 'second' }), broken, formless];
    const result = await importRulesets(app, people.productManager, { rulesets });
    if (!('refusal' in result) || result.refusal.reason !== 'has-errors') throw new Error('it is refused');
    expect(result.refusal.diagnostics.map(({ code, source }) => [code, source])).toEqual([
      ['malformed-json', 'tax/tax/v2.json'],
      ['required-field-missing', 'ratePlan/basic/v2.json'],
    ]);
    expect((await listDrafts(app, people.productManager)).rows).toEqual([]);
  });

  it('of no rulesets is refused', async () => {
    expect(await bring([])).toEqual({ refusal: { reason: 'nothing-to-import' } });
  });

  it.each(['auditor', 'operator', 'billingManager'] as const)('is not brought in by %s', async (role) => {
    const asked = importRulesets(app, people[role], { rulesets: [file(dearer)] });
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });
});
