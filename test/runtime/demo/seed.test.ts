/** Does a first start give two operators to look at, and does a seeding that was cut off or killed go on where it stopped? */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Actor, Role } from '#runtime/access/actor.ts';
import { authOf } from '#runtime/access/auth.ts';
import { verifyChain } from '#runtime/audit/audit.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { seedDemo, type Demo, type DemoSize } from '#runtime/demo/seed.ts';
import { listUsageFiles } from '#runtime/services/list-usage-files.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import type { Bill } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { telecomUsage } from '../../rulesets/shipped.ts';
import type { SeedOrder } from './seed-process.ts';

const now = '2026-11-25T03:00:00Z';
const clock = clockOf(() => new Date(now));
const anotherDay = clockOf(() => new Date('2026-12-03T03:00:00Z'));
const size: DemoSize = { customers: 140, closedMonths: 2, records: 3_000 };
const script = fileURLToPath(new URL('./seed-process.ts', import.meta.url));

/** Seeds the carrier in a process of its own that is killed as it says `code` for the `time`th time. */
async function killedAt(app: TestApp, code: string, time: number): Promise<void> {
  const order: SeedOrder = { server: app.server, dataDirectory: inject('home'), now, size, code, time };
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit'] });
  expect(await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)))).toBe('SIGKILL');
}

const rowsOf = <Row extends Record<string, unknown>>(
  app: TestApp,
  of: Actor,
  text: string,
  parameters: unknown[] = [],
): Promise<Row[]> => withScope(app, of, (tx) => tx.sql<Row>(text, parameters));

const actorOf = (demo: Demo, code: string, role: Role): Actor =>
  demo.operators.find((operator) => operator.code === code)!.people.find(({ roles }) => roles.includes(role))!;

/** All that the carrier's bills and files come to. */
async function carrierOf(app: TestApp, demo: Demo): Promise<unknown> {
  const auditor = actorOf(demo, 'kanade-mobile', 'auditor');
  return {
    cycles: await rowsOf(app, auditor, 'select month, billing_cycle, state, bills, digest from cycle order by 1, 2'),
    files: await rowsOf(
      app,
      auditor,
      'select name, sha256, received_lines, accepted_lines, duplicate_lines, rejected_lines from usage_file order by 1',
    ),
    facts: await rowsOf(
      app,
      auditor,
      `select count(*)::int, count(known_to)::int as closed,
              md5(string_agg(concat(product_id, valid_from, valid_to, offering, status, known_to is null), ' ' order by product_id, known_from, valid_from)) as facts
       from product_history`,
    ),
  };
}

describe('the demo', () => {
  let app: TestApp;
  let demo: Demo;

  /** Seeding that is cut off as it is about to say `code` for the `time`th time. */
  async function cutOff(code: string, time: number): Promise<void> {
    let times = 0;
    const log = (said: string): void => {
      if (said === code && (times += 1) === time) throw new Error('cut off');
    };
    await expect(seedDemo(app, { log }, size)).rejects.toThrow('cut off');
  }

  beforeAll(async () => {
    app = await testApp({ clock });
    // A start that was killed half-way through making a person.
    await (
      await (
        await authOf(app)
      ).$context
    ).internalAdapter.createUser(
      { email: 'approver@kanade-mobile.example', name: '', emailVerified: true },
      { method: 'email-password' },
    );
    await cutOff('demo.customers', 1);
    await cutOff('demo.imported', 2);
    demo = await seedDemo({ ...app, clock: anotherDay }, { log: () => undefined }, size);
  }, 180_000);
  afterAll(() => app.close());

  const actor = (code: string, role: Role): Actor => actorOf(demo, code, role);
  const rows = <Row extends Record<string, unknown>>(of: Actor, text: string): Promise<Row[]> =>
    rowsOf<Row>(app, of, text);

  it('has six people at each operator, one a role, who share one password that only its owner may read', () => {
    expect(demo.operators.map(({ code, people }) => [code, people.map(({ email }) => email)])).toEqual([
      [
        'kanade-mobile',
        ['product', 'approver', 'operator', 'billing', 'auditor', 'admin'].map(
          (name) => `${name}@kanade-mobile.example`,
        ),
      ],
      [
        'real-usage',
        ['product', 'approver', 'operator', 'billing', 'auditor', 'admin'].map((name) => `${name}@real-usage.example`),
      ],
    ]);
    expect(demo.password.length).toBeGreaterThanOrEqual(16);
    expect(statSync(demo.passwordFile).mode & 0o777).toBe(0o600);
  });

  it('goes on after a cut as of the day on which it began, and imports no file twice', async () => {
    const { rows: files } = await listUsageFiles(app, actor('kanade-mobile', 'operator'));
    const names = files.map(({ name }) => name).filter((name) => name.includes('2026-11'));
    expect(names.sort()).toEqual([
      'electricity-readings-2026-11-01-10.csv',
      'exchange-calls-2026-11-01-10.csv',
      'exchange-calls-2026-11-11-20.csv',
      'exchange-calls-2026-11-21-24.csv',
      'packet-and-sms-2026-11-01-10.csv',
      'packet-and-sms-2026-11-11-20.csv',
      'packet-and-sms-2026-11-21-24.csv',
    ]);
  });

  it('comes to the same customers, files and bills when it was killed again and again on the way', async () => {
    const other = await testApp({ clock });
    try {
      await killedAt(other, 'demo.customers', 1);
      await killedAt(other, 'demo.billed', 1);
      await killedAt(other, 'demo.imported', 1);
      const again = await seedDemo(other, { log: () => undefined }, size, (code) => code === 'kanade-mobile');
      expect(await carrierOf(other, again)).toEqual(await carrierOf(app, demo));
      const auditor = actorOf(again, 'kanade-mobile', 'auditor');
      expect(await withScope(other, auditor, (tx) => verifyChain(tx, auditor.tenantId))).toBeNull();
    } finally {
      await other.close();
    }
  }, 120_000);

  it('has the months before the current one billed, each closed by another person than opened and ran it', async () => {
    const auditor = actor('kanade-mobile', 'auditor');
    const closed = await rows(
      auditor,
      `select month, billing_cycle, state, cycle.bills > 0 as "hasBills", cycle.quarantined,
              closed_by in (opened_by, run_by) as "bySame"
       from cycle join cycle_run run on run.cycle_id = cycle.id
       group by 1, 2, 3, 4, 5, 6 order by 1, 2`,
    );
    const cycles = ['2026-09', '2026-10'].flatMap((month) =>
      ['month-end', 'twentieth'].map((cycle) => ({ month, billing_cycle: cycle })),
    );
    expect(closed).toEqual(
      cycles.map((cycle) => ({ ...cycle, state: 'closed', hasBills: true, quarantined: 0, bySame: false })),
    );
    const issued = await rows(
      auditor,
      'select distinct month, issued_on::text as on from bill_document join cycle on cycle.id = cycle_id order by 1',
    );
    expect(issued).toEqual([
      { month: '2026-09', on: '2026-10-01' },
      { month: '2026-10', on: '2026-11-01' },
    ]);
  });

  it('changes nothing a second time', async () => {
    const count = () =>
      Promise.all(demo.operators.map(({ people }) => rows(people[4]!, 'select count(*) from audit_entry')));
    const before = await count();
    const again: string[] = [];
    expect(await seedDemo(app, { log: (code) => void again.push(code) }, size)).toEqual(demo);
    expect(again).toEqual([]);
    expect(await count()).toEqual(before);
  });

  it('leaves an audit trail without a break', async () => {
    for (const { people } of demo.operators) {
      const auditor = people[4]!;
      expect(await withScope(app, auditor, (tx) => verifyChain(tx, auditor.tenantId))).toBeNull();
    }
  });

  it('keeps each refused line of the current month with its reason', async () => {
    const operator = actor('kanade-mobile', 'operator');
    const refused = await rows<{ code: string }>(
      operator,
      `select distinct code from usage_reject where raw <> '' order by code`,
    );
    expect(refused.map(({ code }) => code)).toEqual([
      'bad-bytes',
      'broken-date',
      'broken-quantity',
      'no-record',
      'product-not-active',
      'unclosed-quote',
      'unknown-subscriber',
      'usage-conflict',
      'value-missing',
      'wrong-field-count',
    ]);
    const [counts] = await rows<Record<string, number>>(
      operator,
      `select sum(received_lines)::int as received, sum(accepted_lines)::int as accepted, sum(duplicate_lines)::int as duplicate,
              sum(rejected_lines)::int as rejected, (select count(*)::int from usage_reject) as kept,
              (select count(*)::int from usage_record join usage_file f on f.id = file_id
               where started_at < '2026-11-01' and f.name like '%2026-11%') as late
       from usage_file where name like '%2026-11%'`,
    );
    expect(counts!['received']).toBe(counts!['accepted']! + counts!['duplicate']! + counts!['rejected']!);
    expect(counts!['kept']).toBeGreaterThanOrEqual(counts!['rejected']!);
    expect(counts!['accepted']).toBeGreaterThanOrEqual(size.records);
    expect(counts!['duplicate']! / counts!['received']!).toBeCloseTo(0.01, 2);
    expect(counts!['late']).toBeGreaterThan(0);
  });

  it.each(['month-end', 'twentieth'])(
    'has the current month of the carrier ready to be billed, closing at %s',
    async (billingCycle) => {
      const operator = actor('kanade-mobile', 'operator');
      const { cycleId, groups } = await openCycle(app, operator, {
        legalEntity: 'kanade-mobile',
        billingCycle,
        month: '2026-11',
      });
      const results = await (await runCycle(app, operator, { cycleId })).finished;
      expect(results).toMatchObject({ quarantined: 0 });
      // Who has left owes nothing any more, and keeps the account.
      expect(results!.bills).toBeGreaterThan(groups * 0.8);
    },
  );

  it('shows every kind of discount, a penalty and a cap on the bills of the carrier', async () => {
    const operator = actor('kanade-mobile', 'operator');
    const found = await rows<{ ruleset: string }>(
      operator,
      `select distinct ruleset from bill_line where phase <> 'listCharges' order by 1`,
    );
    expect(found.map(({ ruleset }) => ruleset)).toEqual(
      expect.arrayContaining([
        'bundleDiscount/mobile-internet-set',
        'campaign/half-price-two-months',
        'campaign/new-life-half-price',
        'penalty/two-year-cancellation',
        'ratePlan/smartphone-m',
        'tenureDiscount/mobile-tenure',
      ]),
    );
  });

  it('has the real month closed by another person than ran it, and equal to what was billed but for 17 ties', async () => {
    const auditor = actor('real-usage', 'auditor');
    // As of the day on which its seeding began, in November.
    const cycles = await rows(auditor, 'select month, state, bills, quarantined from cycle');
    expect(cycles).toEqual([{ month: '2026-10', state: 'closed', bills: 1616, quarantined: 0 }]);
    const bills = await rows<{ body: string }>(auditor, 'select body from bill');
    const bySubscriber = new Map(bills.map(({ body }) => JSON.parse(body) as Bill).map((each) => [each.account, each]));
    const different = telecomUsage().flatMap((row) =>
      ['day', 'evening', 'night', 'international'].filter((band) => {
        const ours =
          bySubscriber.get(`A-${row['subscriber']!}`)!.lines.find(({ charge }) => charge === band)?.amount ?? '0.00';
        return Number(ours) !== Number(row[`billed_${band}`]);
      }),
    );
    expect(different).toEqual(Array(17).fill('night'));
  });
});
