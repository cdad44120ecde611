/** A draft that somebody overtook is carried over to the new version, and where both changed the same the author decides (引き継ぎ). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import { carriedOver } from '#runtime/changes/carry-over.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { carryOverDraft, showCarryOver } from '#runtime/services/carry-over-draft.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { changeSteps } from './change-steps.ts';
import { draftAt, plan, publishPlan } from './plan-in-draft.ts';

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

  it('is not carried over when nothing was published, nor while nobody can read it, nor by who may not write', async () => {
    const draft = await draftAt(app, author, '3500');
    await expect(showCarryOver(app, author, draft)).rejects.toMatchObject({ code: 'draft-not-outdated' });
    await expect(showCarryOver(app, people.approver, draft)).rejects.toMatchObject({ code: 'forbidden' });
    await publish(await approved('3200'));
    await saveDraft(app, author, { ...draft, text: '{ "kind": ' });
    await expect(showCarryOver(app, author, draft)).rejects.toMatchObject({ code: 'draft-unreadable' });
  });
});
