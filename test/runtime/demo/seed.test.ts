/** Does a first start give two operators to look at, and does a seeding that was cut off go on where it stopped? */
import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#runtime/access/actor.ts';
import { authOf } from '#runtime/access/auth.ts';
import { verifyChain } from '#runtime/audit/audit.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { seedDemo, type Demo } from '#runtime/demo/seed.ts';
import { listUsageFiles } from '#runtime/services/list-usage-files.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import type { Bill } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { telecomUsage } from '../../rulesets/shipped.ts';

const clock = clockOf(() => new Date('2026-11-25T03:00:00Z'));
const anotherDay = clockOf(() => new Date('2026-12-03T03:00:00Z'));

describe('the demo', () => {
  let app: TestApp;
  let demo: Demo;
  const heard: string[] = [];

  /** Seeding that is cut off as it is about to say `code` for the `time`th time. */
  async function cutOff(code: string, time: number): Promise<void> {
    let times = 0;
    const log = (said: string): void => {
      if (said === code && (times += 1) === time) throw new Error('cut off');
    };
    await expect(seedDemo(app, { log })).rejects.toThrow('cut off');
  }

  beforeAll(async () => {
    app = await testApp({ clock });
    // A start that was killed half-way through making a person.
    await (
      await authOf(app).$context
    ).internalAdapter.createUser(
      { email: 'approver@kanade-mobile.example', name: '', emailVerified: true },
      { method: 'email-password' },
    );
    await cutOff('demo.customers', 1);
    await cutOff('demo.imported', 2);
    demo = await seedDemo({ ...app, clock: anotherDay }, { log: (code) => void heard.push(code) });
  }, 180_000);
  afterAll(() => app.close());

  const actor = (code: string, role: Role): Actor =>
    demo.operators.find((operator) => operator.code === code)!.people.find(({ roles }) => roles.includes(role))!;
  const rows = <Row extends Record<string, unknown>>(
    of: Actor,
    text: string,
    parameters: unknown[] = [],
  ): Promise<Row[]> => withScope(app, of, (tx) => tx.sql<Row>(text, parameters));

  it('has five people at each operator, one a role, who share one password that only its owner may read', () => {
    expect(demo.operators.map(({ code, people }) => [code, people.map(({ email }) => email)])).toEqual([
      [
        'kanade-mobile',
        ['product', 'approver', 'operator', 'billing', 'auditor'].map((name) => `${name}@kanade-mobile.example`),
      ],
      [
        'real-usage',
        ['product', 'approver', 'operator', 'billing', 'auditor'].map((name) => `${name}@real-usage.example`),
      ],
    ]);
    expect(demo.password.length).toBeGreaterThanOrEqual(16);
    expect(statSync(demo.passwordFile).mode & 0o777).toBe(0o600);
  });

  it('goes on after a cut as of the day on which it began, and imports no file twice', async () => {
    const files = await listUsageFiles(app, actor('kanade-mobile', 'operator'));
    expect(files.rows.map(({ name }) => name).sort()).toEqual([
      'electricity-readings-2026-11.csv',
      'exchange-calls-2026-11.csv',
      'packet-and-sms-2026-11.csv',
    ]);
  });

  it('changes nothing a second time', async () => {
    const count = () =>
      Promise.all(demo.operators.map(({ people }) => rows(people[4]!, 'select count(*) from audit_entry')));
    const before = await count();
    const again: string[] = [];
    expect(await seedDemo(app, { log: (code) => void again.push(code) })).toEqual(demo);
    expect(again).toEqual([]);
    expect(await count()).toEqual(before);
  });

  it('leaves an audit trail without a break', async () => {
    for (const { people } of demo.operators) {
      const auditor = people[4]!;
      expect(await withScope(app, auditor, (tx) => verifyChain(tx, auditor.tenantId))).toBeNull();
    }
  });

  it('has 300 customers at the carrier, with lines that came twice, late and broken', async () => {
    const operator = actor('kanade-mobile', 'operator');
    expect(await rows(operator, 'select count(*)::int from customer')).toEqual([{ count: 300 }]);
    const refused = await rows<{ code: string }>(operator, 'select distinct code from usage_reject order by code');
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
              sum(rejected_lines)::int as rejected, (select count(*)::int from usage_record where started_at < '2026-11-01') as late from usage_file`,
    );
    expect(counts!['received']).toBe(counts!['accepted']! + counts!['duplicate']! + counts!['rejected']!);
    expect(counts!['accepted']).toBeGreaterThan(28_000);
    expect(counts!['duplicate']).toBeGreaterThan(100);
    expect(counts!['late']).toBeGreaterThan(50);
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
      expect(results!.bills).toBe(groups);
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
        'campaign/switch-and-save',
        'penalty/two-year-cancellation',
        'ratePlan/smartphone-m',
        'tenureDiscount/mobile-tenure',
      ]),
    );
  });

  it('has the real month closed by another person than ran it, and equal to what was billed but for 17 ties', async () => {
    const auditor = actor('real-usage', 'auditor');
    // Its seeding began on 3 December, with the second attempt: the month before is November.
    const cycles = await rows(auditor, 'select month, state, bills, quarantined from cycle');
    expect(cycles).toEqual([{ month: '2026-11', state: 'closed', bills: 1616, quarantined: 0 }]);
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
