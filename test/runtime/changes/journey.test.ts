/** A change of price from the first letter to the bill (変更フロー): written, checked, sent back, corrected, approved by another, published. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { verifyChain } from '#runtime/audit/audit.ts';
import { loadRelease } from '#runtime/catalogue/load-release.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { approveDraft } from '#runtime/services/approve-draft.ts';
import { checkDraft } from '#runtime/services/check-draft.ts';
import { listCases } from '#runtime/services/list-cases.ts';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { listReleases } from '#runtime/services/list-releases.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { rollBackRuleset } from '#runtime/services/roll-back-ruleset.ts';
import { saveCase } from '#runtime/services/save-case.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import { sendBackDraft } from '#runtime/services/send-back-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { withdrawDraft } from '#runtime/services/withdraw-draft.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { colleagueOf } from '../../support/operators.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { changeSteps, reasonsOf } from './change-steps.ts';
import { draftAt, fullMonth, named, plan, publishPlan, retype } from './plan-in-draft.ts';

let app: TestApp;
let people: People;
let author: Actor;
let { shown, submit, approve, publish, approved, priceOf } = {} as ReturnType<typeof changeSteps>;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => new Date('2026-11-25T03:00:00Z')) });
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await tenantWithPeople(app);
  author = people.productManager;
  ({ shown, submit, approve, publish, approved, priceOf } = changeSteps(app, people));
  await publishPlan(app, people.approver);
});

/** What the latest release bills somebody who joins on the first of the month. */
async function billedFor(month: string): Promise<string | undefined> {
  const [latest] = (await listReleases(app, people.auditor)).rows;
  const rulesets = await withCycle(app, (tx) =>
    loadRelease(tx, people.tenantId, latest?.number ?? 0, app.keys.publicKey),
  );
  return bill(fullMonth(month, '').given, prepareRelease(rulesets)).bills[0]?.total;
}

const december = { legalEntity: 'main', billingCycle: 'month-end', month: '2026-12' };

describe('a change', () => {
  it('is written, checked, sent back, corrected, approved by another, and published as the next version', async () => {
    const { draftId } = await startDraft(app, author, named);
    // The text says the version in use, with the next number, a day that is not billed yet, and no reason.
    const begun = await shown({ draftId });
    expect(JSON.parse(begun.text)).toEqual({ ...plan('3000', 2, '2026-12-01'), reason: '' });
    expect(Object.keys(JSON.parse(begun.text) as object).slice(0, 5)).toEqual([
      'kind',
      'id',
      'version',
      'name',
      'effective',
    ]);
    expect(begun).toMatchObject({ state: 'draft', baseVersion: 1, currentVersion: 1, isOutdated: false });
    expect(await checkDraft(app, author, { draftId })).toMatchObject({
      diagnostics: [{ code: 'text-empty', path: '/reason', source: 'draft' }],
      obstacles: [{ reason: 'has-errors' }],
    });
    expect(reasonsOf(await submit(begun))).toEqual(['has-errors']);

    // The price goes up; the case that the plan was published with still speaks of April, and holds.
    const first = await retype(app, author, draftId, '3500');
    expect(await checkDraft(app, author, { draftId })).toMatchObject({
      diagnostics: [],
      obstacles: [],
      cases: [{ result: { passed: true } }],
    });
    // The author's own case is wrong at first, and stands in the way.
    const { revision, caseId } = await saveCase(app, author, {
      ...{ draftId, revision: first.revision },
      text: JSON.stringify(fullMonth('2026-12', '3800')),
    });
    expect(await submit({ draftId, revision })).toMatchObject({
      obstacles: [
        {
          reason: 'cases-fail',
          count: 1,
          cases: [{ id: caseId, result: { checks: [{ expected: '3800', actual: '3850' }] } }],
        },
      ],
    });
    const corrected = await saveCase(app, author, {
      draftId,
      revision,
      caseId,
      text: JSON.stringify(fullMonth('2026-12', '3850')),
    });
    expect(await submit({ draftId, revision: corrected.revision })).toEqual({ state: 'inReview' });

    await expect(sendBackDraft(app, people.approver, { draftId, comment: ' ' })).rejects.toMatchObject({
      code: 'comment-missing',
    });
    expect(await sendBackDraft(app, people.approver, { draftId, comment: '3,400 yen was agreed.' })).toEqual({
      state: 'sentBack',
    });
    await retype(app, author, draftId, '3400');
    const { revision: last } = await saveCase(app, author, {
      ...{ draftId, revision: corrected.revision + 1, caseId },
      text: JSON.stringify(fullMonth('2026-12', '3740')),
    });
    expect(await submit({ draftId, revision: last })).toEqual({ state: 'inReview' });
    expect(await approve({ draftId })).toEqual({ state: 'approved' });
    expect(await publish({ draftId })).toEqual({ state: 'published', version: 2, release: 2 });

    expect(await priceOf()).toBe('3400');
    expect(await priceOf(1)).toBe('3000');
    const cases = await listCases(app, people.operator, named);
    expect(cases.map(({ document }) => document?.expect.total)).toEqual(['3300', '3740']);
    expect(cases[1]?.id).toBe(caseId);
    expect((await listCases(app, people.operator, { ...named, version: 1 })).map(({ id }) => id)).toEqual([
      cases[0]?.id,
    ]);
    const end = await shown({ draftId });
    expect(end).toMatchObject({ state: 'published', published: { version: 2, release: 2, by: { name: 'approver' } } });
    expect(end.steps.toReversed().map(({ action, by, comment }) => [action, by.name, comment])).toEqual([
      ['draft.started', 'productManager', null],
      ['draft.edited', 'productManager', null],
      ['draft.submitted', 'productManager', 'Please look.'],
      ['draft.sentBack', 'approver', '3,400 yen was agreed.'],
      ['draft.takenBack', 'productManager', null],
      ['draft.submitted', 'productManager', 'Please look.'],
      ['draft.approved', 'approver', null],
      ['draft.published', 'approver', null],
    ]);
    expect(await withScope(app, people.auditor, (tx) => verifyChain(tx, people.tenantId))).toBeNull();
    // What bills are computed from holds it, signed.
    const release = await withCycle(app, (tx) => loadRelease(tx, people.tenantId, 2, app.keys.publicKey));
    expect(release.filter(({ kind }) => kind === 'ratePlan').map(({ version }) => version)).toEqual([1, 2]);
  });

  it('is approved by nobody who had a hand in it, in any role', async () => {
    const draft = await draftAt(app, author, '3500');
    const both = await colleagueOf(app, { ...people.productManager, roles: ['productManager', 'approver'] });
    await retype(app, both, draft.draftId, '3600');
    await submit({ ...draft, revision: draft.revision + 1 });
    await expect(approve(draft, both)).rejects.toMatchObject({ code: 'own-change', status: 403 });
    await expect(approve(draft, { ...author, roles: ['productManager', 'approver'] })).rejects.toMatchObject({
      code: 'own-change',
    });
    await expect(approve(draft, author)).rejects.toMatchObject({ code: 'forbidden' });
    // A screen that was left open, or a token that lay about, is not the person.
    const { confirmed: _password, ...signedIn } = people.approver;
    await expect(approve(draft, signedIn)).rejects.toMatchObject({ code: 'confirmation-missing', status: 403 });
    expect((await showDraft(app, both, draft)).may).toMatchObject({ approve: false, sendBack: true });
    expect((await showDraft(app, people.approver, draft)).may).toMatchObject({ approve: true, edit: false });
    // The database itself holds to it.
    const bySql = withScope(app, author, (tx) =>
      tx.sql(`update ruleset_draft set approved_by = $2, approved_hash = 'x' where id = $1`, [
        draft.draftId,
        author.personId,
      ]),
    );
    await expect(bySql).rejects.toThrow(/no hand in it/);
    expect(await approve(draft)).toEqual({ state: 'approved' });
  });

  it('is approved as it was seen, and is not changed behind an approval', async () => {
    const draft = await draftAt(app, author, '3500');
    await submit(draft);
    const { hash } = await shown(draft);
    await expect(retype(app, author, draft.draftId, '9000')).rejects.toMatchObject({
      code: 'draft-under-way',
      values: { state: 'inReview' },
    });
    const changed = await retype(app, author, draft.draftId, '9000', undefined, { takeBack: true });
    expect(await shown(draft)).toMatchObject({ state: 'draft', submitted: null });
    await expect(approveDraft(app, people.approver, { draftId: draft.draftId, hash: hash! })).rejects.toMatchObject({
      code: 'draft-not-ready-for',
    });
    await submit({ ...draft, ...changed });
    await expect(approveDraft(app, people.approver, { draftId: draft.draftId, hash: hash! })).rejects.toMatchObject({
      ...{ code: 'draft-changed-since-seen', values: { by: 'productManager', revision: changed.revision } },
    });
    expect(await approve(draft)).toEqual({ state: 'approved' });
    // A case is part of what was approved; taking the draft back for it voids the approval.
    const { revision } = await shown(draft);
    await expect(saveCase(app, author, { draftId: draft.draftId, revision, text: '{}' })).rejects.toMatchObject({
      code: 'draft-under-way',
    });
    await saveCase(app, author, { draftId: draft.draftId, revision, text: '{}', takeBack: true });
    expect(await shown(draft)).toMatchObject({ state: 'draft', approved: null });
    await expect(publish(draft)).rejects.toMatchObject({ code: 'draft-not-ready-for' });
  });

  it('is not published when it was changed past the application after the approval', async () => {
    const draft = await approved('3500');
    await asAdministrator(
      app.server,
      `update ruleset_draft set document = replace(document, '3500', '1') where id = '${draft.draftId}'`,
    );
    expect(reasonsOf(await publish(draft))).toEqual(['approval-void']);
    expect(await priceOf()).toBe('3000');
  });

  it('is refused when somebody published first, with what changed, and carried over by its author', async () => {
    const late = await approved('3500');
    expect(await publish(await approved('3200'))).toMatchObject({ version: 2 });
    expect(await publish(late)).toMatchObject({
      obstacles: [
        {
          ...{ reason: 'someone-published-first', currentVersion: 2, by: 'approver' },
          differences: expect.arrayContaining([
            expect.objectContaining({
              change: 'changed',
              before: '3000',
              after: '3200',
              at: { before: '/body/charges/0/price', after: '/body/charges/0/price' },
            }),
          ]) as unknown,
        },
      ],
    });
    expect(await shown(late)).toMatchObject({ state: 'approved', isOutdated: true });
    await expect(
      retype(app, author, late.draftId, '3500', undefined, { takeBack: true, base: 1 }),
    ).rejects.toMatchObject({ code: 'base-not-current' });
    const { revision } = await retype(app, author, late.draftId, '3500', undefined, { takeBack: true, base: 2 });
    await submit({ ...late, revision });
    await approve(late);
    expect(await publish(late)).toMatchObject({ version: 3 });
    expect([await priceOf(1), await priceOf(2), await priceOf(3)]).toEqual(['3000', '3200', '3500']);
  });

  it('cannot turn into another ruleset, nor break one', async () => {
    const draft = await draftAt(app, author, '3500');
    const text = (await shown(draft)).text.replace('"id": "basic"', '"id": "other"');
    const { revision } = await saveDraft(app, author, { ...draft, text });
    const check = await checkDraft(app, author, draft);
    expect(check.diagnostics).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'draft-identity',
          path: '/id',
          values: { field: 'id', expected: 'basic', found: '"other"' },
        }),
      ]),
    );
    // A tax that no longer knows the rate of the plan is the tax's error and the plan's problem.
    const { draftId } = await startDraft(app, author, { kind: 'rounding', id: 'rounding' });
    const { text: rounding } = await shown({ draftId });
    await saveDraft(app, author, { draftId, revision: 1, text: rounding.replace('"rounding"', '"tax"') });
    expect((await checkDraft(app, author, { draftId })).obstacles[0]).toMatchObject({ reason: 'has-errors' });
    expect(reasonsOf(await submit({ ...draft, revision }))).toEqual(['has-errors']);
  });

  it('does not reach back into what is billed', async () => {
    await withCycle(app, (tx) =>
      tx.sql(
        `insert into cycle (tenant_id, legal_entity_id, billing_cycle, month, period_start, period_end, state, known_at, release_number, build, opened_by, opened_at)
         values ($1, 'main', 'month-end', '2026-11', '2026-11-01', '2026-12-01', 'closed', 1, 1, 'b', $2, now())`,
        [people.tenantId, people.operator.personId],
      ),
    );
    const draft = await draftAt(app, author, '3500', '2026-11-30');
    expect(await submit(draft)).toMatchObject({
      obstacles: [
        {
          reason: 'effective-date-already-billed',
          effectiveFrom: '2026-11-30',
          billedThrough: '2026-11-30',
          earliest: '2026-12-01',
        },
      ],
    });
    const { revision } = await retype(app, author, draft.draftId, '3500', '2026-12-01');
    expect(await submit({ ...draft, revision })).toEqual({ state: 'inReview' });
  });

  it('that begins while a cycle is open is told of it: the cycle has to be frozen anew to take it up', async () => {
    await openCycle(app, people.operator, december);
    const draft = await draftAt(app, author, '3500', '2026-12-15');
    expect((await checkDraft(app, author, draft)).diagnostics).toMatchObject([
      { code: 'cycle-under-way', severity: 'warning', values: { billingCycle: 'month-end', month: '2026-12' } },
    ]);
    // What is suggested begins after it.
    const { draftId } = await startDraft(app, author, named);
    expect(JSON.parse((await shown({ draftId })).text)).toMatchObject({ effective: { from: '2027-01-01' } });
    expect(await submit(draft)).toEqual({ state: 'inReview' });
  });

  it('may be withdrawn, and is kept as it was', async () => {
    const draft = await approved('3500');
    expect(await withdrawDraft(app, author, { draftId: draft.draftId, comment: 'Not this year.' })).toEqual({
      state: 'withdrawn',
    });
    await expect(publish(draft)).rejects.toMatchObject({ code: 'draft-not-ready-for' });
    await expect(retype(app, author, draft.draftId, '1', undefined, { takeBack: true })).rejects.toMatchObject({
      code: 'draft-closed',
    });
    const { rows } = await listDrafts(app, people.auditor, { states: ['withdrawn'] });
    expect(rows).toMatchObject([{ draftId: draft.draftId, state: 'withdrawn', isOwn: false }]);
    expect((await listDrafts(app, people.auditor)).total).toBe(0);
  });
});

describe('an older version', () => {
  it('comes to hold again as the next one, with a reason, and by the same way', async () => {
    await publish(await approved('3500'));
    await expect(rollBackRuleset(app, author, { ...named, version: 1, reason: '' })).rejects.toMatchObject({
      code: 'reason-missing',
    });
    const { draftId } = await rollBackRuleset(app, author, {
      ...named,
      version: 1,
      reason: 'Too many left.',
      from: '2027-01-01',
    });
    const { text, revision } = await shown({ draftId });
    expect(JSON.parse(text)).toEqual({ ...plan('3000', 3, '2027-01-01'), reason: 'Too many left.' });
    await submit({ draftId, revision });
    await expect(approve({ draftId }, { ...author, roles: ['approver'] })).rejects.toMatchObject({
      code: 'own-change',
    });
    await approve({ draftId });
    expect(await publish({ draftId })).toMatchObject({ version: 3, release: 3 });
    expect([await priceOf(2), await priceOf(3)]).toEqual(['3500', '3000']);
    // Whoever joins in December pays 3,500 and 10 % of tax; who joins in January pays what was paid in November: 3,000 and 10 %.
    expect(await billedFor('2026-12')).toBe('3850');
    expect([await billedFor('2026-11'), await billedFor('2027-01')]).toEqual(['3300', '3300']);
  });

  it('takes back whom a later version has taken over', async () => {
    const draft = await draftAt(app, author, '3500');
    const cohort = { all: [{ fact: 'customer.type', operator: 'equal', value: 'individual' }] };
    const existing = { mode: 'migrate', date: '2026-12-16', cohort };
    const text = JSON.stringify({ ...(JSON.parse((await shown(draft)).text) as object), existing });
    const { revision } = await saveDraft(app, author, { ...draft, text });
    await submit({ ...draft, revision });
    await approve(draft);
    await publish(draft);
    const back = await rollBackRuleset(app, author, {
      ...named,
      version: 1,
      reason: 'Too many left.',
      from: '2027-01-01',
    });
    expect(JSON.parse((await shown(back)).text)).toMatchObject({ existing: { mode: 'fromDate', date: '2027-01-01' } });
  });
});
