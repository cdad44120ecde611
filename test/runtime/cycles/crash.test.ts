/** Kill any process anywhere and run the cycle again, on any number of threads and processes: the same bytes, one bill an account. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import type { Failpoint } from '#runtime/cycles/failpoints.ts';
import type { CycleResults } from '#runtime/cycles/results.ts';
import { nothingCounted } from '#runtime/cycles/compute-group.ts';
import { claimChunks, LostClaim, renewClaims } from '#runtime/cycles/chunk-claim.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import { startRun } from '#runtime/cycles/start.ts';
import { writeChunks } from '#runtime/cycles/write-chunk.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';
import type { ProcessOrder } from './cycle-process.ts';

const GROUPS = 24;
const LEASE_SECONDS = 1;
const script = fileURLToPath(new URL('./cycle-process.ts', import.meta.url));
const offerings = ['smartphone-s', 'smartphone-m', 'smartphone-l', 'data-sim'];
const customers = Array.from({ length: GROUPS }, (_, index) =>
  subscriber(
    String(index + 1).padStart(8, '0'),
    index === 7 ? { offering: 'no-such-offering' } : { offering: offerings[index % 4]! },
  ),
);
const lines = Array.from({ length: 240 }, (_, index) => {
  const number = String((index % GROUPS) + 1).padStart(8, '0');
  return `S-${index},070${number},${index % 3 === 0 ? 'SMS' : 'DATA'},${(index % 5) + 1},202611${String((index % 28) + 1).padStart(2, '0')}120000`;
});

/** The order in which lines lie in the file; every order has the same lines. */
const orders = {
  asWritten: (all: readonly string[]) => all,
  reversed: (all: readonly string[]) => all.toReversed(),
  strewn: (all: readonly string[]) => all.map((_, index) => all[(index * 7) % all.length]!),
};

const apps: TestApp[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

type Opened = { readonly app: TestApp; readonly people: People; readonly cycleId: string };

/** The same customers and usage, as the first tenant of a database of its own, with the cycle opened. */
async function openedCycle(groupsAChunk: number, order: keyof typeof orders = 'asWritten'): Promise<Opened> {
  const app = await testApp();
  apps.push(app);
  const people = await mobileOperator(app, customers);
  const content = ['record_id,msisdn,type,amount,started_at', ...orders[order](lines), ''].join('\n');
  await importText(app, people.operator, content, { format: 'packet-and-sms' });
  // One of them came from the 20th with this month: its bill begins on 21 October.
  await withScope(app, people.operator, (tx) =>
    tx.sql(
      `insert into billing_account_history (tenant_id, shard, account_id, valid_from, legal_entity_id, billing_cycle, bill_to_name, bill_to_address)
       select tenant_id, shard, account_id, date '2026-05-01', legal_entity_id, 'twentieth', bill_to_name, bill_to_address
       from billing_account_history where account_id = 'A-00000010'
       union all
       select tenant_id, shard, account_id, date '2026-10-21', legal_entity_id, 'month-end', bill_to_name, bill_to_address
       from billing_account_history where account_id = 'A-00000010'`,
    ),
  );
  const { cycleId } = await openCycle(app, people.operator, {
    legalEntity: 'kanade-mobile',
    billingCycle: 'month-end',
    month: '2026-11',
    groupsAChunk,
  });
  return { app, people, cycleId };
}

/** Runs the cycle in a process of its own; undefined when it was killed. */
async function inProcess({ app, cycleId }: Opened, actor: Actor, failpoint = ''): Promise<CycleResults | undefined> {
  const order: ProcessOrder = {
    server: app.server,
    dataDirectory: inject('home'),
    actor,
    cycleId,
    workers: 1,
    leaseSeconds: LEASE_SECONDS,
    groupsAtOnce: 1,
  };
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    env: { ...process.env, NODE_ENV: 'test', KANADE_FAILPOINT: failpoint },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
  const signal = await new Promise((resolve) => child.on('exit', (_, by) => resolve(by)));
  return signal === 'SIGKILL' ? undefined : (JSON.parse(output) as CycleResults);
}

/** Everything that a run wrote, by content: what must not depend on how often it was killed. */
async function written({ app, people, cycleId }: Opened): Promise<unknown> {
  const digestOf = (table: string, columns: string): string =>
    `(select count(*) || ':' || md5(coalesce(string_agg(concat_ws('|', ${columns}), ';' order by concat_ws('|', ${columns}) collate "C"), ''))
      from ${table} where cycle_id = $1) as ${table}`;
  const [found] = await withScope(app, people.operator, (tx) =>
    tx.sql(
      `select ${[
        digestOf('bill', 'id, account_id, total_minor, digest, body'),
        digestOf('bill_line', 'bill_id, line_id, ruleset, version, row, amount_minor'),
        digestOf('billing_state', 'group_id, state::text'),
        digestOf('quarantine', 'group_id, code, input'),
      ].join(', ')}`,
      [cycleId],
    ),
  );
  return found;
}

async function run({ app, people, cycleId }: Opened, workers = 1): Promise<CycleResults | undefined> {
  return (await runCycle(app, people.operator, { cycleId, workers, leaseSeconds: LEASE_SECONDS })).finished;
}

let reference: { results: CycleResults; written: unknown };
beforeAll(async () => {
  const opened = await openedCycle(10);
  reference = { results: (await run(opened))!, written: await written(opened) };
  expect(reference.results).toMatchObject({ bills: GROUPS - 1, quarantined: 1 });
}, 120_000);

/** Where a process is killed, and how often it has been there; the second half with KANADE_LONG=1. */
const kills: readonly [Failpoint, number][] = [
  ['after-claim', 1],
  ['mid-compute', 3],
  ['after-write', 9],
  ['before-finish', 1],
  ['after-read', 2],
  ['after-write', 1],
  ['after-commit', 2],
];

describe('killed', () => {
  it.each(process.env['KANADE_LONG'] === '1' ? kills : kills.slice(0, 4))(
    '%s, the %ith time, and run again, it makes the same bills',
    async (failpoint, time) => {
      const opened = await openedCycle(1);
      expect(await inProcess(opened, opened.people.operator, `${failpoint}:${time}`)).toBeUndefined();
      expect(await inProcess(opened, opened.people.operator)).toEqual(reference.results);
      expect(await written(opened)).toEqual(reference.written);
    },
    120_000,
  );

  it('again and again, it gets done all the same', async () => {
    const opened = await openedCycle(1);
    const kills = ['after-write:3', 'mid-compute:5', 'after-commit:4'];
    for (const kill of kills) expect(await inProcess(opened, opened.people.operator, kill)).toBeUndefined();
    expect(await inProcess(opened, opened.people.operator)).toEqual(reference.results);
    expect(await written(opened)).toEqual(reference.written);
  }, 240_000);
});

describe('two processes at once', () => {
  it('share the chunks and come to the same bills', async () => {
    const opened = await openedCycle(1);
    const { operator, billingManager } = opened.people;
    const results = await Promise.all([inProcess(opened, operator), inProcess(opened, billingManager)]);
    expect(results).toEqual([reference.results, reference.results]);
    expect(await written(opened)).toEqual(reference.written);
  }, 120_000);

  it('of which one is killed leave no chunk undone', async () => {
    let killed: unknown;
    // Which of the two comes first is not ours to say: again, until the one to be killed got hold of two chunks.
    for (let tries = 1; tries === 1 || (tries <= 5 && killed !== undefined); tries += 1) {
      const opened = await openedCycle(1);
      const { operator, billingManager } = opened.people;
      let survivor: unknown;
      [killed, survivor] = await Promise.all([
        inProcess(opened, operator, 'after-claim:2'),
        inProcess(opened, billingManager),
      ]);
      expect(survivor).toEqual(reference.results);
      expect(await written(opened)).toEqual(reference.written);
    }
    expect(killed).toBeUndefined();
  }, 120_000);
});

describe('however it is cut and whatever the order of the usage', () => {
  it.each<[number, number, keyof typeof orders]>([
    [1, 1, 'reversed'],
    [2, 1, 'strewn'],
    [1, 7, 'strewn'],
    [2, 1000, 'reversed'],
  ])(
    '%i threads, chunks of %i groups, usage %s: the same digest',
    async (workers, groupsAChunk, order) => {
      expect(await run(await openedCycle(groupsAChunk, order), workers)).toEqual(reference.results);
    },
    120_000,
  );
});

describe('a worker that was frozen past its lease', () => {
  it('writes nothing: somebody else has taken one of its chunks over', async () => {
    const opened = await openedCycle(1000);
    const { app, cycleId, people } = opened;
    const { tenantId, operator } = people;
    await withCycle(app, (tx) => startRun(tx, tenantId, cycleId, operator.personId));
    const cycle = await withCycle(app, (tx) => readCycle(tx, tenantId, cycleId));
    const frozen = await withCycle(app, (tx) => claimChunks(tx, cycle, 'frozen', 0, 10));
    const [taken] = await withCycle(app, (tx) => claimChunks(tx, cycle, 'awake', LEASE_SECONDS, 1));
    expect(frozen.length).toBeGreaterThan(1);
    expect(taken).toMatchObject({ number: frozen[0]!.number, epoch: frozen[0]!.epoch + 1 });
    // Of its chunks one is lost, so it writes none of them.
    await expect(withCycle(app, (tx) => renewClaims(tx, cycle, frozen, LEASE_SECONDS))).rejects.toThrow(LostClaim);
    const nothing = frozen.map(() => ({
      bills: [],
      states: [],
      quarantined: [],
      usageRecords: 0,
      counting: nothingCounted,
    }));
    await expect(withCycle(app, ({ client }) => writeChunks(client, cycle, frozen, nothing))).rejects.toThrow(
      LostClaim,
    );
    expect(await run(opened)).toEqual(reference.results);
  }, 120_000);
});
