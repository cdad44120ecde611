/** Every usage line of certain days is accounted for, and those refused can be found by the same days. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withScope } from '#runtime/db/scope.ts';
import { listRejects } from '#runtime/services/list-rejects.ts';
import { voidReject } from '#runtime/services/void-reject.ts';
import { linesReceived } from '#runtime/usage/lines-received.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, subscriber } from '../../support/operators.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

it('received is accepted, duplicate, refused and set aside; a file counts on the day it is for', async () => {
  const { operator, billingManager } = await mobileOperator(app, [subscriber('00000001')]);
  const file = (...lines: readonly string[]): string =>
    ['record_id,msisdn,type,amount,started_at', ...lines, ''].join('\n');
  const sms = (id: string, count: string): string => `${id},07000000001,SMS,${count},20261103120000`;
  const format = 'packet-and-sms';
  const lines = file(sms('A', '1'), sms('A', '1'), sms('B', 'one'), sms('C', 'two'), sms('D', 'three'), sms('E', '2'));
  const november = await importText(app, operator, lines, { format, givenOn: '2026-11-30', name: 'november.csv' });
  await importText(app, operator, file(sms('F', 'four')), { format, givenOn: '2026-12-01', name: 'december.csv' });
  const { rows } = await listRejects(app, operator, { fileId: november.fileId });
  await voidReject(app, billingManager, { rejectId: rows[0]!.id, reason: '試験通話' });

  const days = { start: '2026-11-01', end: '2026-12-01' } as const;
  const came = await withScope(app, operator, (tx) => linesReceived(tx, days));
  // 6 = 2 + 1 + 2 + 1: A and E, A again, C and D, B.
  expect(came).toEqual({ received: 6, accepted: 2, duplicate: 1, rejected: 2, voided: 1 });
  const before = await withScope(app, operator, (tx) => linesReceived(tx, { start: '2026-10-01', end: '2026-11-01' }));
  expect(before).toEqual({ received: 0, accepted: 0, duplicate: 0, rejected: 0, voided: 0 });
  const refused = await listRejects(app, operator, { state: 'open', days });
  expect(refused.rows.map(({ fileName, lineNumber }) => [fileName, lineNumber])).toEqual([
    ['november.csv', 5],
    ['november.csv', 6],
  ]);
});

it('a file whose lines say their days counts whole to the day in the middle of its use, whenever it comes in', async () => {
  const { operator } = await mobileOperator(app, [subscriber('00000002')]);
  const sms = (id: string, on: string): string => `${id},07000000002,SMS,1,${on}120000`;
  // One late line of April and one of June; of eight lines that can be read the fourth is of 4 May, the same one twice.
  const days = ['20260430', '20260502', '20260503', '20260504', '20260504', '20260505', '20260601'];
  const lines = days.map((on, index) => sms(`M${index}`, on));
  await importText(
    app,
    operator,
    ['record_id,msisdn,type,amount,started_at', ...lines, lines[4]!, 'not a line', ''].join('\n'),
    { format: 'packet-and-sms', name: 'may.csv' },
  );
  // What cannot be read at all says no day: the file counts on the one on which it comes in.
  await importText(app, operator, 'record_id,msisdn,type,amount,started_at\nbroken\n', {
    format: 'packet-and-sms',
    name: 'broken.csv',
  });
  const received = (start: string, end: string) =>
    withScope(app, operator, (tx) => linesReceived(tx, { start, end })).then((lines) => lines.received);
  expect(await received('2026-05-04', '2026-05-05')).toBe(9);
  expect([await received('2026-04-01', '2026-05-04'), await received('2026-05-05', '2026-07-01')]).toEqual([0, 0]);
  expect(await received('2000-01-01', '2100-01-01')).toBe(10);
});
