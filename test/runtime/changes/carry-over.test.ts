/** A draft that somebody overtook is carried over to the new version, and where both changed the same the author decides (引き継ぎ). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import { carriedCases, casesChanged } from '#runtime/changes/carry-cases.ts';
import { carriedOver } from '#runtime/changes/carry-over.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { carryOverDraft, showCarryOver } from '#runtime/services/carry-over-draft.ts';
import { saveCase } from '#runtime/services/save-case.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { changeSteps, reasonsOf } from './change-steps.ts';
import { draftAt, fullMonth, plan, publishPlan } from './plan-in-draft.ts';

describe('what both say', () => {
  const row = (id: string, price: string) => ({ id, price });
  const version = (number: number, rows: unknown[], more: object = {}) => ({
    ...{ version: number, reason: `r${number}`, effective: { from: `2026-0${number}-01` } },
    ...more,
    body: { rows },
  });
  const before = version(1, [row('a', '1'), row('b', '2'), row('c', '3')], { name: 'Plan' });

  it('holds where only one of the two changed it: values, rows that came, rows that went, fields', () => {
    const draft = version(2, [row('a', '9'), row('new', '7'), row('b', '2')], { name: 'Plan' });
    const published = version(2, [row('a', '1'), row('b', '5'), row('c', '3'), row('d', '4')], { name: 'Plan L' });
    const { document, conflicts } = carriedOver(before, draft, published);
    expect(conflicts).toEqual([]);
    expect(document).toEqual({
      ...draft,
      name: 'Plan L',
      body: { rows: [row('a', '9'), row('new', '7'), row('b', '5'), row('d', '4')] },
    });
  });

  it('is for a person to decide where both changed it differently, and for nobody where both say the same', () => {
    const draft = version(2, [row('a', '9'), row('b', '8'), row('c', '3')]);
    const published = version(2, [row('a', '6'), row('b', '8')]);
    const touched = version(2, [row('a', '9'), row('b', '8'), row('c', '4')]);
    expect(carriedOver(before, draft, published).conflicts).toMatchObject([
      { before: '1', draft: '9', published: '6' },
    ]);
    const both = carriedOver(before, touched, published);
    // The draft changed a row that is gone from what is published.
    expect(both.conflicts.map(({ key }) => key)).toEqual(['/body/rows/0/price /body/rows/0/price', '/body/rows/2 -']);
    expect(both.conflicts[1]).toMatchObject({ draft: row('c', '4'), published: undefined });
    const decided = carriedOver(before, touched, published, {
      '/body/rows/0/price /body/rows/0/price': 'published',
      '/body/rows/2 -': 'published',
    });
    expect(decided.document).toMatchObject({ body: { rows: [row('a', '6'), row('b', '8')] } });
  });
});

describe('the cases of both', () => {
  const one = (id: string, total: string) => ({ id, text: JSON.stringify({ it: id, expect: { total } }) });
  const before = [one('a', '1'), one('b', '2'), one('c', '3')];

  it('hold where only one of the two changed them: cases that came, that went, that expect something else', () => {
    const draft = [one('a', '9'), one('b', '2'), one('mine', '7')];
    const published = [one('theirs', '4'), one('a', '1'), one('b', '5'), one('c', '3')];
    expect(carriedCases(before, draft, published)).toEqual({
      cases: [one('theirs', '4'), one('a', '9'), one('b', '5'), one('mine', '7')],
      conflicts: [],
    });
  });

  it('are taken whole from the one side or the other where both changed them', () => {
    const draft = [one('a', '9'), one('c', '8')];
    const published = [one('a', '6'), one('b', '5'), one('c', '3')];
    const { conflicts } = carriedCases(before, draft, published);
    expect(conflicts.map(({ key, draft: ours }) => [key, ours])).toEqual([
      ['case a', one('a', '9').text],
      // The draft took out what the published version changed.
      ['case b', null],
    ]);
    const choices = { 'case a': 'published', 'case b': 'draft' } as const;
    expect(carriedCases(before, draft, published, choices).cases).toEqual([one('a', '6'), one('c', '8')]);
  });

  it('are the same when only spaces or the order of fields differ', () => {
    const retyped = [{ id: 'a', text: '{ "expect": { "total": "1" },\n "it": "a" }' }, ...before.slice(1)];
    expect(carriedCases(before, retyped, [one('a', '2'), ...before.slice(1)]).conflicts).toEqual([]);
    expect(casesChanged(before, retyped)).toEqual([]);
  });
});

describe('a draft that was overtaken', () => {
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

  const price = '/body/charges/0/price';

  it('shows what was published and what is in conflict, and becomes the version after it as its author decides', async () => {
    const late = await approved('3500');
    await publish(await approved('3200'));
    const { revision } = await shown(late);
    const carry = await showCarryOver(app, author, late);
    expect(carry).toMatchObject({ baseVersion: 1, currentVersion: 2, revision });
    expect(carry.published).toContainEqual(expect.objectContaining({ before: '3000', after: '3200' }));
    expect(carry.conflicts).toMatchObject([
      { key: `${price} ${price}`, before: '3000', draft: '3500', published: '3200' },
    ]);
    expect(carry.conflicts[0]?.place.at(-1)).toEqual({ ja: '月額', en: 'Price a month' });
    await expect(carryOverDraft(app, author, { ...late, revision, choices: {} })).rejects.toMatchObject({
      code: 'conflicts-undecided',
      values: { count: 1 },
    });
    const choices = { [`${price} ${price}`]: 'draft' } as const;
    const saved = await carryOverDraft(app, author, { ...late, revision, choices });
    const after = await shown(late);
    expect(after).toMatchObject({ state: 'draft', baseVersion: 2, isOutdated: false, approved: null });
    expect(JSON.parse(after.text)).toEqual({ ...plan('3500', 3, '2026-12-01'), reason: 'The price becomes 3500.' });
    await submit({ ...late, revision: saved.revision });
    await approve(late);
    expect(await publish(late)).toMatchObject({ version: 3 });
    expect([await priceOf(2), await priceOf(3)]).toEqual(['3200', '3500']);
    const log = await auditLog(app, people.auditor, { action: 'draft.rebased' });
    const basic = { kind: 'ratePlan', id: 'basic', name: { ja: 'Basic', en: 'Basic' } };
    expect(log.rows).toMatchObject([{ details: { from: 1, to: 2 }, names: { ruleset: basic, version: 3 } }]);
  });

  it('takes over the cases that were published', async () => {
    const late = await draftAt(app, author, '3500');
    const first = await draftAt(app, author, '3200');
    const [kept] = (await shown(first)).cases;
    const added = fullMonth('2026-12', '3520', 'December at 3,200');
    const saved = await saveCase(app, author, { ...first, text: JSON.stringify(added) });
    await submit({ ...first, revision: saved.revision });
    await approve(first);
    await publish(first);
    const own = fullMonth('2026-12', '3850', 'December at 3,500');
    let { revision } = await saveCase(app, author, { ...late, text: JSON.stringify(own) });
    const carry = await showCarryOver(app, author, late);
    expect(carry.cases).toMatchObject({
      published: [{ change: 'added', name: { en: 'December at 3,200' } }],
      drafted: [{ change: 'added', name: { en: 'December at 3,500' } }],
      conflicts: [],
    });
    const choices = { [`${price} ${price}`]: 'draft' } as const;
    ({ revision } = await carryOverDraft(app, author, { ...late, revision, choices }));
    const { cases } = await shown(late);
    expect(cases.map(({ document }) => document?.it.en)).toEqual([
      'full month 2026-04',
      'December at 3,200',
      'December at 3,500',
    ]);
    expect(cases[0]!.id).toBe(kept!.id);
    // The case of the other price does not hold any more: that is for the author to decide, and stands in the way.
    expect(reasonsOf(await submit({ ...late, revision }))).toContain('cases-fail');
  });

  it('asks about a case that both changed, and keeps the side that is chosen', async () => {
    const late = await draftAt(app, author, '3500', '2026-04-01');
    const first = await draftAt(app, author, '3200', '2026-04-01');
    const [kept] = (await shown(first)).cases;
    const retyped = (total: string) => ({ caseId: kept!.id, text: JSON.stringify(fullMonth('2026-04', total)) });
    const saved = await saveCase(app, author, { ...first, ...retyped('3520') });
    await submit({ ...first, revision: saved.revision });
    await approve(first);
    await publish(first);
    const { revision } = await saveCase(app, author, { ...late, ...retyped('3850') });
    const [conflict] = (await showCarryOver(app, author, late)).cases.conflicts;
    expect(conflict?.name?.en).toBe('full month 2026-04');
    expect([conflict?.sides.draft, conflict?.sides.published]).toMatchObject([
      [{ before: '3300', after: '3850' }],
      [{ before: '3300', after: '3520' }],
    ]);
    const choices = { [`${price} ${price}`]: 'draft' } as const;
    await expect(carryOverDraft(app, author, { ...late, revision, choices })).rejects.toMatchObject({
      code: 'conflicts-undecided',
      values: { count: 1 },
    });
    await carryOverDraft(app, author, { ...late, revision, choices: { ...choices, [conflict!.key]: 'draft' } });
    expect((await shown(late)).cases.map(({ document }) => document?.expect.total)).toEqual(['3850']);
  });

  it('is not carried over when nothing was published, nor while nobody can read it, nor by who may not write', async () => {
    const draft = await draftAt(app, author, '3500');
    await expect(showCarryOver(app, author, draft)).rejects.toMatchObject({ code: 'draft-not-outdated' });
    await expect(showCarryOver(app, people.approver, draft)).rejects.toMatchObject({ code: 'forbidden' });
    await publish(await approved('3200'));
    await saveDraft(app, author, { ...draft, text: '{ "kind": ' });
    await expect(showCarryOver(app, author, draft)).rejects.toMatchObject({ code: 'draft-unreadable' });
  });
});
