/** An import tells how far it is, can be stopped at any moment, and then nothing of the file is kept. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { outcomeOfImport } from '#runtime/services/outcome-of-import.ts';
import type { ImportProgress } from '#runtime/usage/import-file.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let operator: Actor;
beforeAll(async () => {
  app = await testApp();
  people = await mobileOperator(app, [subscriber('00000001')]);
  operator = people.operator;
});
afterAll(() => app.close());

const fileOf = (...lines: readonly string[]): string =>
  ['record_id,msisdn,type,amount,started_at', ...lines, ''].join('\n');
const sms = (id: string, number = '07000000001', count = '1'): string => `${id},${number},SMS,${count},20261103120000`;
const format = 'packet-and-sms';

it('is told line by line while it is read, and by what becomes of the lines once that is known', async () => {
  const heard: ImportProgress[] = [];
  const told = (progress: ImportProgress): void => void heard.push(progress);
  const content = fileOf(sms('T-1'), sms('T-1'), sms('T-2', '07099999999'), sms('T-3', '07000000001', 'one'));
  await importText(app, operator, content, { format, told });
  // The amount that is none is seen while reading; whom nobody knows, and what came before, only when all are compared.
  const [read, unknown] = [
    { bytes: content.length, lines: 4, rejected: 1 },
    { accepted: null, duplicate: null },
  ];
  expect(heard.map(({ step }) => step)).toEqual(['reading', 'matching', 'comparing', 'writing']);
  expect(heard[0]).toEqual({ step: 'reading', ...read, ...unknown });
  expect(heard[2]).toEqual({ step: 'comparing', ...read, ...unknown });
  expect(heard[3]).toEqual({ step: 'writing', ...read, rejected: 2, accepted: 1, duplicate: 1 });
});

it('that comes in one piece is read in parts: the lines told grow on the way', async () => {
  const lines: number[] = [];
  const told = (progress: ImportProgress): void => void (progress.step === 'reading' && lines.push(progress.lines));
  const content = fileOf(...Array.from({ length: 6_000 }, (_, index) => sms(`P-${index}`, '07099999999')));
  await importText(app, operator, content, { format, told });
  expect(lines.length).toBeGreaterThan(2);
  expect(lines[0]).toBeLessThan(5_000);
  expect(lines.at(-1)).toBe(6_000);
});

it('that is stopped keeps nothing, wherever it is; the same file comes in whole afterwards', async () => {
  const content = fileOf(...Array.from({ length: 2_100 }, (_, index) => sms(`S-${index}`)));
  const kept = (): Promise<readonly { records: number; keys: number; files: number }[]> =>
    withScope(app, operator, (tx) =>
      tx.sql(
        `select (select count(*)::int from usage_record) as records, (select count(*)::int from usage_key) as keys,
                (select count(*)::int from usage_file) as files`,
      ),
    );
  const before = await kept();
  for (const step of ['reading', 'matching', 'comparing', 'writing'] as const) {
    const fileId = crypto.randomUUID();
    const stop = new AbortController();
    const told = (progress: ImportProgress): void => (progress.step === step ? stop.abort() : undefined);
    const stopped = importText(app, operator, content, { format, fileId, stop: stop.signal, told });
    await expect(stopped, step).rejects.toThrow('aborted');
    expect(await outcomeOfImport(app, operator, { fileId }), step).toBeNull();
    expect(await kept(), step).toEqual(before);
  }
  const whole = await importText(app, operator, content, { format, name: 'whole.csv' });
  expect(whole).toMatchObject({ received: 2_100, accepted: 2_100, duplicate: 0, rejected: 0 });
  const { rows } = await auditLog(app, people.auditor, { action: 'usage.imported' });
  expect(rows.filter(({ details }) => details['received'] === 2_100)).toHaveLength(1);
});

it('is never half-told: whoever lost sight of it waits for its end, and hears what was kept', async () => {
  const fileId = crypto.randomUUID();
  let outcome: ReturnType<typeof outcomeOfImport> | undefined;
  const told = ({ step }: ImportProgress): void => {
    if (step === 'writing') outcome = outcomeOfImport(app, operator, { fileId });
  };
  await importText(app, operator, fileOf(sms('O-1'), sms('O-2')), { format, name: 'lost.csv', fileId, told });
  const counts = { received: 2, accepted: 2, duplicate: 0, rejected: 0 };
  expect(await outcome).toEqual({ name: 'lost.csv', ...counts });
  expect(await outcomeOfImport(app, operator, { fileId: 'none' })).toBeNull();
  const again = importText(app, operator, fileOf(sms('O-3')), { format, fileId });
  await expect(again).rejects.toMatchObject({ code: 'usage-file-id' });
});

it('waits for no statement to end: what is under way is cancelled, and the connection works on', async () => {
  const stop = new AbortController();
  const begun = performance.now();
  const sleeping = withCycle(
    app,
    async (tx) => {
      setTimeout(() => stop.abort(), 50);
      await tx.sql('select pg_sleep(30)');
    },
    stop.signal,
  );
  await expect(sleeping).rejects.toThrow('aborted');
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(await withCycle(app, (tx) => tx.sql('select 1 as one'))).toEqual([{ one: 1 }]);
});
