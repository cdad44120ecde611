/** A month is opened, run, and closed by somebody else; running it twice changes nothing, and what came too late is billed next month. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeApp, openApp } from '#runtime/app.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { refreezeCycle } from '#runtime/services/refreeze-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { stopCycle } from '#runtime/services/stop-cycle.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import {
  colleagueOf,
  importText,
  mobileOperator,
  putRight,
  realFile,
  realOperator,
  subscriber,
} from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const november = { legalEntity: 'real-usage', billingCycle: 'month-end', month: '2026-11' };
const mobileMonth = (month: string) => ({ legalEntity: 'kanade-mobile', billingCycle: 'month-end', month });
const sessions = (...lines: string[]): string => ['record_id,msisdn,type,amount,started_at', ...lines, ''].join('\n');

async function run(people: People, cycleId: string, workers = 1) {
  return (await runCycle(app, people.operator, { cycleId, workers })).finished;
}

/** Opens, runs and closes a month. */
async function billed(people: People, month: string): Promise<string> {
  const { cycleId } = await openCycle(app, people.operator, mobileMonth(month));
  await run(people, cycleId);
  await closeCycle(app, people.billingManager, { cycleId });
  return cycleId;
}

describe('the real month', () => {
  it('is billed as the operator billed it, closed by another person, and never changes again', async () => {
    const people = await realOperator(app);
    await importText(app, people.operator, realFile, { format: 'monthly-usage', givenOn: '2026-11-01' });
    const { cycleId, groups } = await openCycle(app, people.operator, november);
    expect(groups).toBe(1616);
    await expect(openCycle(app, people.operator, november)).rejects.toMatchObject({ code: 'cycle-exists' });
    await expect(closeCycle(app, people.billingManager, { cycleId })).rejects.toMatchObject({
      code: 'cycle-not-closable',
      values: { state: 'planned' },
    });

    const first = await run(people, cycleId, 2);
    expect(first).toMatchObject({ bills: 1616, quarantined: 0, usageRecords: '6464' });
    // The operator's own 6,464 amounts come to 95,980.24; the 17 ties that it lost make 17 cents.
    const rows = realFile
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(11));
    const billedCents = rows
      .flat()
      .reduce(
        (sum, amount) =>
          sum +
          BigInt(
            amount.replace('.', '').padEnd(amount.indexOf('.') < 0 ? amount.length + 2 : amount.indexOf('.') + 2, '0'),
          ),
        0n,
      );
    expect(BigInt(first!.totalMinor)).toBe(billedCents + 17n);

    const again = await run(people, cycleId);
    expect(again).toEqual(first);
    const status = await cycleStatus(app, people.auditor, { cycleId });
    expect(status).toMatchObject({
      state: 'trial',
      bills: 1616,
      currency: 'USD',
      may: { run: false, refreeze: false, close: false },
    });
    // Of the file's 6,464 figures of minutes 637 are whole, as 240.0 is; 265.1 is counted in fractions.
    const counting = { ahead: 1616, whole: 0, inNumbers: 637, inFractions: 5827 };
    const all = { done: 1616, total: 1616 };
    expect(status.progress).toMatchObject({ groups: all, usageRecords: 6464, quarantined: 0, counting });
    expect(status.runs).toMatchObject([
      { number: 2, digest: first!.digest, counting },
      { number: 1, digest: first!.digest, counting },
    ]);

    const closed = await closeCycle(app, people.billingManager, { cycleId });
    expect(closed).toMatchObject({ digest: first!.digest, firstNumber: '202611-000001', lastNumber: '202611-001616' });
    await expect(closeCycle(app, people.billingManager, { cycleId })).rejects.toMatchObject({
      code: 'cycle-not-closable',
    });
    await expect(runCycle(app, people.operator, { cycleId })).rejects.toMatchObject({ code: 'cycle-not-runnable' });
    await expect(
      withCycle(app, (tx) => tx.sql('update bill set total_minor = 0 where cycle_id = $1', [cycleId])),
    ).rejects.toThrow(/closed/);
    const numbers = await withScope(app, people.auditor, (tx) =>
      tx.sql<{ n: number; distinct: number }>(
        'select count(*)::int as n, count(distinct number)::int as distinct from bill_document where cycle_id = $1',
        [cycleId],
      ),
    );
    expect(numbers).toEqual([{ n: 1616, distinct: 1616 }]);
    const { rows: audited } = await auditLog(app, people.auditor, { object: `cycle/${cycleId}` });
    expect(audited.map(({ action, person }) => [action, person])).toEqual([
      ['cycle.closed', 'billingManager'],
      ['cycle.run', 'operator'],
      ['cycle.run', 'operator'],
      ['cycle.opened', 'operator'],
    ]);
  }, 180_000);
});

describe('closing', () => {
  it('is refused to whoever opened or ran the cycle, in whatever role', async () => {
    const people = await mobileOperator(app, [subscriber('00000001')]);
    const manager = people.billingManager;
    const second = await colleagueOf(app, manager);
    const third = await colleagueOf(app, manager);
    const { cycleId } = await openCycle(app, manager, mobileMonth('2026-11'));
    await (
      await runCycle(app, second, { cycleId, workers: 1 })
    ).finished;
    await (
      await runCycle(app, people.operator, { cycleId, workers: 1 })
    ).finished;
    await expect(closeCycle(app, manager, { cycleId })).rejects.toMatchObject({ code: 'closer-ran-cycle' });
    await expect(closeCycle(app, second, { cycleId })).rejects.toMatchObject({ code: 'closer-ran-cycle' });
    await expect(closeCycle(app, people.operator, { cycleId })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await cycleStatus(app, second, { cycleId })).may.close).toBe(false);
    expect((await cycleStatus(app, third, { cycleId })).may.close).toBe(true);
    await closeCycle(app, third, { cycleId });
  });
});

describe('months', () => {
  it('are opened one after the other, each when the one before is closed', async () => {
    const people = await mobileOperator(app, [subscriber('00000001')]);
    const { operator } = people;
    const openable = async (): Promise<string[]> => {
      const found = await listCycles(app, people.auditor);
      return found.openable
        .filter(({ legalEntity }) => legalEntity === 'kanade-mobile')
        .map(({ billingCycle }) => billingCycle);
    };
    expect(await openable()).toEqual(['month-end', 'twentieth']);
    const { cycleId } = await openCycle(app, operator, mobileMonth('2026-10'));
    await expect(openCycle(app, operator, mobileMonth('2026-11'))).rejects.toMatchObject({
      code: 'previous-cycle-not-closed',
      values: { previous: '2026-10' },
    });
    expect(await openable()).toEqual(['twentieth']);
    await run(people, cycleId);
    await closeCycle(app, people.billingManager, { cycleId });
    await expect(openCycle(app, operator, mobileMonth('2026-12'))).rejects.toMatchObject({
      code: 'cycle-month-skipped',
      values: { expected: '2026-11' },
    });
    await expect(openCycle(app, operator, mobileMonth('2026-09'))).rejects.toMatchObject({
      code: 'cycle-month-passed',
    });
    expect((await listCycles(app, people.auditor)).openable).toContainEqual(
      expect.objectContaining(mobileMonth('2026-11')),
    );
    await openCycle(app, operator, mobileMonth('2026-11'));
    const months = async (asked: Parameters<typeof listCycles>[2]) =>
      (await listCycles(app, operator, asked)).rows.map(({ month }) => month);
    expect(await months({})).toEqual(['2026-11', '2026-10']);
    expect(await months({ sort: 'month' })).toEqual(['2026-10', '2026-11']);
    expect(await months({ sort: 'state', descending: true })).toEqual(['2026-10', '2026-11']);
    for (const search of ['2026-10', '2026年10月', 'october']) expect(await months({ search })).toEqual(['2026-10']);
    expect(await months({ search: '月末', sort: 'month' })).toHaveLength(2);
    expect(await months({ search: '2026-12' })).toEqual([]);
  });

  it.each([
    [{ ...mobileMonth('2026-13') }, 'not-a-month'],
    [{ ...mobileMonth('2026-11'), legalEntity: 'nobody' }, 'legal-entity-unknown'],
    [{ ...mobileMonth('2026-11'), billingCycle: 'weekly' }, 'billing-cycle-unknown'],
    [{ ...mobileMonth('2026-11'), legalEntity: 'dollars' }, 'currency-differs'],
  ])('%j is refused with %s', async (order, code) => {
    const people = await mobileOperator(app, []);
    await withScope(app, people.administrator, (tx) =>
      tx.sql(
        `insert into legal_entity (tenant_id, id, name, currency, address) select tenant_id, 'dollars', name, 'USD', address from legal_entity limit 1`,
      ),
    );
    await expect(openCycle(app, people.operator, order)).rejects.toMatchObject({ code });
  });
});

describe('usage', () => {
  it('that came after the opening is billed in the next month, once', async () => {
    const people = await mobileOperator(app, [subscriber('00000001', { offering: 'smartphone-s' })]);
    const text = (id: string, day: string): string => `${id},07000000001,SMS,1,${day}120000`;
    await importText(app, people.operator, sessions(text('A', '20261005')), { format: 'packet-and-sms' });
    const { cycleId: october } = await openCycle(app, people.operator, mobileMonth('2026-10'));
    await importText(app, people.operator, sessions(text('LATE', '20261006'), text('B', '20261105')), {
      format: 'packet-and-sms',
    });
    expect((await run(people, october))!.usageRecords).toBe('1');
    await closeCycle(app, people.billingManager, { cycleId: october });
    const { cycleId: next } = await openCycle(app, people.operator, mobileMonth('2026-11'));
    expect((await run(people, next))!.usageRecords).toBe('2');
    await closeCycle(app, people.billingManager, { cycleId: next });
    const { cycleId: third } = await openCycle(app, people.operator, mobileMonth('2026-12'));
    expect((await run(people, third))!.usageRecords).toBe('0');
  });

  it('is all accounted for: received = billed + duplicate + rejected + carried', async () => {
    const people = await mobileOperator(app, [subscriber('00000001'), subscriber('00000002')]);
    const line = (id: string, number: string, day: string): string => `${id},${number},DATA,100,${day}120000`;
    const { received, duplicate, rejected } = await importText(
      app,
      people.operator,
      sessions(
        line('A', '07000000001', '20261105'),
        line('B', '07000000002', '20261130'),
        line('B', '07000000002', '20261130'),
        line('C', '07000000009', '20261105'),
        line('D', '07000000001', '20261201'),
      ),
      { format: 'packet-and-sms' },
    );
    const { cycleId } = await openCycle(app, people.operator, mobileMonth('2026-11'));
    const billedRecords = Number((await run(people, cycleId))!.usageRecords);
    const carried = 1;
    expect(billedRecords).toBe(2);
    expect(received).toBe(billedRecords + duplicate + rejected + carried);
  });

  it('whose import holds the cut-off back is either before it or after it, never both', async () => {
    const people = await mobileOperator(app, [subscriber('00000001')]);
    let opened: Promise<unknown> | undefined;
    const order: string[] = [];
    await withCycle(app, async (tx) => {
      await holdBillingFacts(tx, people.tenantId, [3, 1, 2]);
      opened = openCycle(app, people.operator, mobileMonth('2026-11')).then(() => order.push('opened'));
      await new Promise((resolve) => setTimeout(resolve, 300));
      order.push('written');
    });
    await opened;
    expect(order).toEqual(['written', 'opened']);
  });
});

describe('a group that cannot be billed', () => {
  it('is set aside with reason and input, the others are billed, and next month makes up for it', async () => {
    const people = await mobileOperator(app, [
      subscriber('00000001'),
      subscriber('00000002', { offering: 'no-such-offering' }),
      subscriber('00000003'),
    ]);
    const { cycleId } = await openCycle(app, people.operator, mobileMonth('2026-10'));
    expect(await run(people, cycleId)).toMatchObject({ bills: 2, quarantined: 1 });
    const status = await cycleStatus(app, people.operator, { cycleId });
    expect(status.quarantine).toMatchObject([
      {
        groupId: 'G-00000002',
        customer: '加入者 00000002',
        code: 'offering-not-in-force',
        details: { offering: 'no-such-offering' },
      },
    ]);
    const [kept] = await withScope(app, people.operator, (tx) =>
      tx.sql<{ input: string }>('select input from quarantine where cycle_id = $1', [cycleId]),
    );
    expect(JSON.parse(kept!.input)).toMatchObject({ products: [{ offering: 'no-such-offering' }] });
    await closeCycle(app, people.billingManager, { cycleId });

    await putRight(app, people, 'P-00000002', 'data-sim');
    const { cycleId: next } = await openCycle(app, people.operator, mobileMonth('2026-11'));
    expect(await run(people, next)).toMatchObject({ bills: 4, quarantined: 0 });
    const { rows } = await listBills(app, people.operator, { account: 'A-00000002', sort: 'period' });
    expect(rows.map(({ id, periodStart }) => [id, periodStart])).toEqual([
      ['A-00000002-2026-11-01-regular-1', '2026-11-01'],
      ['A-00000002-2026-10-01-regular-1', '2026-10-01'],
    ]);
  });
});

describe('a cycle frozen again', () => {
  it('takes up what was put right since, and its runs can be compared', async () => {
    const people = await mobileOperator(app, [
      subscriber('00000001'),
      subscriber('00000002', { offering: 'no-such-offering' }),
    ]);
    const { cycleId } = await openCycle(app, people.operator, mobileMonth('2026-11'));
    expect(await run(people, cycleId)).toMatchObject({ bills: 1, quarantined: 1, usageRecords: '0' });
    await putRight(app, people, 'P-00000002', 'data-sim');
    await importText(app, people.operator, sessions('A,07000000001,DATA,100,20261105120000'), {
      format: 'packet-and-sms',
    });
    expect(await run(people, cycleId)).toMatchObject({ bills: 1, quarantined: 1, usageRecords: '0' });
    await expect(refreezeCycle(app, people.auditor, { cycleId })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await refreezeCycle(app, people.operator, { cycleId })).toMatchObject({ groups: 2 });
    expect(await cycleStatus(app, people.operator, { cycleId })).toMatchObject({
      state: 'planned',
      bills: null,
      digest: null,
    });
    expect(await run(people, cycleId)).toMatchObject({ bills: 2, quarantined: 0, usageRecords: '1' });
    const { runs } = await cycleStatus(app, people.operator, { cycleId });
    expect(runs.map(({ number, bills, quarantined }) => [number, bills, quarantined])).toEqual([
      [3, 2, 0],
      [2, 1, 1],
      [1, 1, 1],
    ]);
    expect(runs[1]!.digest).toBe(runs[2]!.digest);
    await closeCycle(app, people.billingManager, { cycleId });
    await expect(refreezeCycle(app, people.operator, { cycleId })).rejects.toMatchObject({
      code: 'cycle-not-refreezable',
      values: { state: 'closed' },
    });
  });
});

describe('a run', () => {
  it('that is stopped goes on where it stopped', async () => {
    const people = await mobileOperator(
      app,
      Array.from({ length: 40 }, (_, index) => subscriber(String(index + 1).padStart(8, '0'))),
    );
    const { cycleId } = await openCycle(app, people.operator, { ...mobileMonth('2026-11'), groupsAChunk: 1 });
    await expect(stopCycle(app, people.operator, { cycleId })).rejects.toMatchObject({ code: 'cycle-not-running' });
    const started = await runCycle(app, people.operator, { cycleId, workers: 1, groupsAtOnce: 1 });
    await stopCycle(app, people.operator, { cycleId });
    expect(await started.finished).toBeUndefined();
    expect((await cycleStatus(app, people.operator, { cycleId })).state).toBe('planned');
    expect(await run(people, cycleId)).toMatchObject({ bills: 40 });
  });

  it('that is aborted gives its chunks back at once', async () => {
    const people = await mobileOperator(
      app,
      Array.from({ length: 40 }, (_, index) => subscriber(String(index + 1).padStart(8, '0'))),
    );
    const { cycleId } = await openCycle(app, people.operator, { ...mobileMonth('2026-11'), groupsAChunk: 1 });
    const stop = new AbortController();
    const started = await runCycle(app, people.operator, { cycleId, workers: 2, groupsAtOnce: 1, signal: stop.signal });
    const chunksDone = async () => (await cycleStatus(app, people.operator, { cycleId })).progress.chunks.done;
    while ((await chunksDone()) === 0) await pause(1);
    stop.abort();
    expect(await started.finished).toBeUndefined();
    expect(await chunksDone()).toBeLessThan(40);
    expect(await run(people, cycleId)).toMatchObject({ bills: 40 });
  });

  it('of a month in which nothing was sold makes no bill', async () => {
    const people = await mobileOperator(app, [subscriber('00000001', { from: '2026-12-01' })]);
    const { cycleId } = await openCycle(app, people.operator, mobileMonth('2026-11'));
    expect(await run(people, cycleId)).toMatchObject({ bills: 0, quarantined: 0, totalMinor: '0' });
    expect(await closeCycle(app, people.billingManager, { cycleId })).toMatchObject({ firstNumber: null });
  });

  it('numbers go on from cycle to cycle of the month', async () => {
    const people = await mobileOperator(app, [
      subscriber('00000001'),
      { ...subscriber('00000002'), billingCycle: 'twentieth' },
    ]);
    await billed(people, '2026-11');
    const { cycleId } = await openCycle(app, people.operator, { ...mobileMonth('2026-11'), billingCycle: 'twentieth' });
    await run(people, cycleId);
    expect(await closeCycle(app, people.billingManager, { cycleId })).toMatchObject({
      firstNumber: '202611-000002',
      lastNumber: '202611-000002',
    });
  });
});

it('closing Kanade stops a run in the background, and the next start takes it up', async () => {
  const closing = await testApp();
  const people = await mobileOperator(
    closing,
    Array.from({ length: 20 }, (_, index) => subscriber(String(index + 1).padStart(8, '0'))),
  );
  const { cycleId } = await openCycle(closing, people.operator, { ...mobileMonth('2026-11'), groupsAChunk: 1 });
  const { finished } = await runCycle(closing, people.operator, { cycleId, workers: 1 });
  await closeApp(closing);
  expect(await finished).toBeUndefined();
  const reopened = await openApp({ dataDirectory: closing.dataDirectory, preparedServer: closing.server });
  const { finished: results } = await runCycle(reopened, people.operator, { cycleId, workers: 1 });
  expect(await results).toMatchObject({ bills: 20 });
  await closeApp(reopened);
  const { database, ...elsewhere } = closing.server;
  await asAdministrator({ ...elsewhere, database: 'postgres' }, `drop database "${database}" with (force)`);
});
