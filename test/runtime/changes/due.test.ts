/** What is approved for a day holds from that day (公開予約): published once, and what stands in the way is shown. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { publishDueOf } from '#runtime/changes/due.ts';
import { publishOnTime } from '#runtime/changes/publish-on-time.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { listDrafts } from '#runtime/services/list-drafts.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';
import { changeSteps, reasonsOf } from './change-steps.ts';
import { publishPlan } from './plan-in-draft.ts';

let now = '2026-11-25T03:00:00Z';
let app: TestApp;
let people: People;
let { shown, publish, approved, priceOf } = {} as ReturnType<typeof changeSteps>;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => new Date(now)) });
});
afterAll(() => app.close());
beforeEach(async () => {
  now = '2026-11-25T03:00:00Z';
  people = await tenantWithPeople(app);
  ({ shown, publish, approved, priceOf } = changeSteps(app, people));
  await publishPlan(app, people.approver);
});

const december = { legalEntity: 'main', billingCycle: 'month-end', month: '2026-12' };

describe('on its day', () => {
  it('a scheduled change is published once, however many look', async () => {
    const draft = await approved('3500');
    await expect(publish(draft, '2026-11-25')).rejects.toMatchObject({ code: 'publication-day-passed' });
    expect(await publish(draft, '2026-11-30')).toEqual({ state: 'scheduled', publishOn: '2026-11-30' });
    expect(await publish(draft, '2026-12-01')).toEqual({ state: 'scheduled', publishOn: '2026-12-01' });
    now = '2026-11-30T14:59:59Z';
    expect(await publishDueOf(app, people.tenantId)).toEqual([]);
    // 0:00 in Tokyo.
    now = '2026-11-30T15:00:00Z';
    const looks = await Promise.all(Array.from({ length: 4 }, () => publishDueOf(app, people.tenantId)));
    expect(looks.flat()).toEqual([{ draftId: draft.draftId, state: 'published', version: 2, release: 2 }]);
    const { rows } = await auditLog(app, people.auditor, { action: 'draft.published' });
    expect(rows).toMatchObject([{ person: 'approver', object: `draft/${draft.draftId}`, details: { version: 2 } }]);
  });

  it('a scheduled change holds for a cycle that is opened on that day before anybody has looked', async () => {
    await publish(await approved('3500'), '2026-12-01');
    now = '2026-12-01T00:00:00Z';
    const { cycleId } = await openCycle(app, people.operator, december);
    expect(await cycleStatus(app, people.operator, { cycleId })).toMatchObject({ release: 2 });
  });

  it('a scheduled change is published by the server, which looks as soon as it serves', async () => {
    const draft = await approved('3500');
    await publish(draft, '2026-12-01');
    now = '2026-12-01T00:00:00Z';
    const done: string[] = [];
    const stop = publishOnTime(app, {
      done: (publications) => done.push(...publications.map(({ draftId }) => draftId)),
      failed: (error) => done.push(String(error)),
    });
    await stop();
    expect(done).toEqual([draft.draftId]);
    expect(await priceOf()).toBe('3500');
  });

  it('what stands in the way is shown, and nothing is lost', async () => {
    const draft = await approved('3500');
    await publish(draft, '2026-12-01');
    await publish(await approved('3200'));
    now = '2026-12-01T00:00:00Z';
    expect(reasonsOf((await publishDueOf(app, people.tenantId))[0]!)).toEqual(['someone-published-first']);
    expect(await publishDueOf(app, people.tenantId)).toEqual([]);
    expect(await shown(draft)).toMatchObject({
      ...{ state: 'approved', scheduled: null },
      failure: { on: '2026-12-01', obstacles: [{ reason: 'someone-published-first' }] },
      steps: [
        { action: 'draft.publicationFailed', details: { reasons: ['someone-published-first'] } },
        {},
        {},
        {},
        {},
        {},
      ],
    });
    expect((await listDrafts(app, people.approver)).rows).toMatchObject([{ draftId: draft.draftId, hasFailed: true }]);
    expect(await priceOf()).toBe('3200');
  });
});
