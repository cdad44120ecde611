/** What is typed is kept as typed, by one or by two, and never lost (自動保存・同時編集). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import { withScope } from '#runtime/db/scope.ts';
import { checkDraft } from '#runtime/services/check-draft.ts';
import { listDrafts, type ListDrafts } from '#runtime/services/list-drafts.ts';
import { saveCase } from '#runtime/services/save-case.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { submitDraft } from '#runtime/services/submit-draft.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { colleagueOf } from '../../support/operators.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { draftAt, fullMonth, named, publishPlan } from './plan-in-draft.ts';

let app: TestApp;
let people: People;
let author: Actor;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await tenantWithPeople(app);
  author = people.productManager;
  await publishPlan(app, people.approver);
});

const textOf = async (draftId: string): Promise<string> => (await showDraft(app, author, { draftId })).text;
const entries = async (draftId: string): Promise<string[]> => {
  const { steps } = await showDraft(app, people.auditor, { draftId });
  return steps.toReversed().map(({ action, by }) => `${action} ${by.name}`);
};

describe('a draft', () => {
  it('keeps what is typed to the letter, though it is no JSON yet', async () => {
    const { draftId } = await startDraft(app, author, named);
    const typed = '{ "kind": "ratePlan",\r\n  // half a thou\u{1f600}ght\t';
    const { revision, state } = await saveDraft(app, author, { draftId, revision: 1, text: typed });
    expect({ revision, state }).toEqual({ revision: 2, state: 'draft' });
    expect(await textOf(draftId)).toBe(typed);
    expect(await checkDraft(app, author, { draftId })).toMatchObject({
      hash: null,
      diagnostics: [{ code: 'malformed-json', source: 'draft', values: { line: '2' } }],
      obstacles: [{ reason: 'has-errors' }],
    });
  });

  it('is saved every few seconds, and on record once a person', async () => {
    const { draftId } = await startDraft(app, author, named);
    const colleague = await colleagueOf(app, author);
    let revision = 1;
    for (const by of [author, author, colleague, author, colleague])
      ({ revision } = await saveDraft(app, by, { draftId, revision, text: `${revision}` }));
    expect(revision).toBe(6);
    expect(await entries(draftId)).toEqual([
      'draft.started productManager',
      'draft.edited productManager',
      'draft.edited colleague',
    ]);
  });

  it('takes the same text a second time, as its first answer got lost, without standing in its author’s way', async () => {
    const { draftId } = await startDraft(app, author, named);
    const typed = { draftId, revision: 1, text: 'typed' };
    const [first, again] = [await saveDraft(app, author, typed), await saveDraft(app, author, typed)];
    expect(again).toEqual(first);
    await expect(saveDraft(app, author, { ...typed, text: 'typed on' })).rejects.toMatchObject({
      code: 'draft-changed-meanwhile',
    });
  });

  it('is not saved anew when nothing was typed', async () => {
    const { draftId } = await startDraft(app, author, named);
    const text = await textOf(draftId);
    expect((await saveDraft(app, author, { draftId, revision: 1, text })).revision).toBe(1);
  });

  it('is not overwritten by the second of two who type: the first is named, and the newer revision', async () => {
    const { draftId } = await startDraft(app, author, named);
    const colleague = await colleagueOf(app, author);
    const both = await Promise.allSettled(
      [author, colleague].map((by) => saveDraft(app, by, { draftId, revision: 1, text: by.personId })),
    );
    const [kept] = both.filter((one) => one.status === 'fulfilled');
    const [refused] = both.filter((one) => one.status === 'rejected');
    const winner = kept === both[0] ? author : colleague;
    expect(await textOf(draftId)).toBe(winner.personId);
    expect(refused?.reason).toMatchObject({
      code: 'draft-changed-meanwhile',
      values: { by: winner === author ? 'productManager' : 'colleague', revision: 2 },
    });
    await expect(saveCase(app, author, { draftId, revision: 1, text: '{}' })).rejects.toMatchObject({
      code: 'draft-changed-meanwhile',
    });
    await expect(submitDraft(app, author, { draftId, revision: 1 })).rejects.toMatchObject({
      code: 'draft-changed-meanwhile',
    });
  });

  it('has its cases changed one by one, sound or not', async () => {
    const draft = await draftAt(app, author, '3500');
    const { draftId } = draft;
    const [kept] = (await showDraft(app, author, { draftId })).cases;
    const { hash } = await showDraft(app, author, { draftId });
    const added = await saveCase(app, author, { ...draft, text: '{"it": ' });
    expect(await checkDraft(app, author, { draftId })).toMatchObject({
      diagnostics: [{ code: 'malformed-json', source: `case/${added.caseId}` }],
      obstacles: [{ reason: 'has-errors' }],
    });
    const { revision } = await saveCase(app, author, {
      draftId,
      revision: added.revision,
      caseId: added.caseId,
      text: JSON.stringify(fullMonth('2026-12', '3850')),
    });
    await saveCase(app, author, { draftId, revision, caseId: kept!.id, text: null });
    // What an approval is bound to are the cases as well as the ruleset.
    expect((await showDraft(app, author, { draftId })).hash).not.toBe(hash);
    const { cases } = await showDraft(app, author, { draftId });
    expect(cases).toMatchObject([{ id: added.caseId, document: { expect: { total: '3850' } }, faults: [] }]);
    await expect(
      saveCase(app, author, { draftId, revision: revision + 1, caseId: kept!.id, text: '{}' }),
    ).rejects.toMatchObject({ code: 'case-unknown' });
  });

  it('is refused when it is larger than a ruleset may be', async () => {
    const { draftId } = await startDraft(app, author, named);
    const text = 'あ'.repeat(700_000);
    await expect(saveDraft(app, author, { draftId, revision: 1, text })).rejects.toMatchObject({
      code: 'draft-too-large',
    });
  });

  it('is started for a ruleset that is new, empty or like another, and under a name that is free', async () => {
    const empty = await startDraft(app, author, { kind: 'campaign', id: 'spring', isNew: {}, from: '2027-02-01' });
    expect(JSON.parse(await textOf(empty.draftId))).toEqual({
      ...{ kind: 'campaign', id: 'spring', version: 1, name: { ja: '', en: '' } },
      ...{ effective: { from: '2027-02-01', to: null }, reason: '', body: {} },
    });
    const like = await startDraft(app, author, { kind: 'ratePlan', id: 'basic-2', isNew: { like: 'basic' } });
    expect(JSON.parse(await textOf(like.draftId))).toMatchObject({
      id: 'basic-2',
      version: 1,
      body: { charges: [{ id: 'base' }] },
    });
    await expect(startDraft(app, author, { ...named, isNew: {} })).rejects.toMatchObject({ code: 'ruleset-exists' });
    await expect(startDraft(app, author, { kind: 'campaign', id: 'Spring sale', isNew: {} })).rejects.toMatchObject({
      code: 'not-a-name',
    });
    await expect(startDraft(app, author, { kind: 'campaign', id: 'autumn' })).rejects.toMatchObject({
      code: 'ruleset-unknown',
    });
    expect((await listDrafts(app, author, { own: true })).total).toBe(2);
    const found = async (asked: ListDrafts) =>
      (await listDrafts(app, author, { ...asked, own: true })).rows.map(({ id }) => id);
    expect(await found({ sort: 'saved', descending: false })).toEqual(['spring', 'basic-2']);
    expect(await found({ sort: 'ruleset' })).toEqual(['basic-2', 'spring']);
    expect(await found({ sort: 'ruleset', descending: true })).toEqual(['spring', 'basic-2']);
    expect(await found({ search: 'SPRI' })).toEqual(['spring']);
    expect(await found({ search: ' %' })).toEqual([]);
    expect((await listDrafts(app, await colleagueOf(app, author), { own: true })).total).toBe(0);
  });

  it('is another operator’s to nobody', async () => {
    const { draftId } = await startDraft(app, author, named);
    const other = await tenantWithPeople(app);
    await expect(showDraft(app, other.auditor, { draftId })).rejects.toMatchObject({
      code: 'draft-unknown',
      status: 404,
    });
    await expect(saveDraft(app, other.productManager, { draftId, revision: 1, text: '' })).rejects.toMatchObject({
      code: 'draft-unknown',
    });
    await expect(showDraft(app, author, { draftId: 'x' })).rejects.toMatchObject({ code: 'draft-unknown' });
  });
});

describe('never changes again', () => {
  it('the cases of a published version, and who had a hand in a draft', async () => {
    const { draftId } = await draftAt(app, author, '3500');
    const attempts = [
      `update ruleset_case set document = '{}'`,
      `delete from ruleset_case`,
      `update draft_editor set person_id = gen_random_uuid()`,
      `delete from draft_editor`,
      `delete from ruleset_draft`,
      `update ruleset_draft set started_by = gen_random_uuid() where id = '${draftId}'`,
    ];
    for (const attempt of attempts)
      await expect(asAdministrator(app.server, attempt), attempt).rejects.toMatchObject({ code: '23001' });
  });

  it('a draft that is over, and the cases of one that is being judged', async () => {
    const { draftId, revision } = await draftAt(app, author, '3500');
    await submitDraft(app, author, { draftId, revision });
    const cases = `update draft_case set document = '{}' where draft_id = '${draftId}'`;
    await expect(asAdministrator(app.server, cases)).rejects.toMatchObject({ code: '23001' });
    await withScope(app, author, (tx) =>
      tx.sql(`update ruleset_draft set state = 'withdrawn' where id = $1`, [draftId]),
    );
    const reopened = `update ruleset_draft set state = 'draft' where id = '${draftId}'`;
    await expect(asAdministrator(app.server, reopened)).rejects.toMatchObject({ code: '23001' });
  });
});
