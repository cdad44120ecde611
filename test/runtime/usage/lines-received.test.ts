/** Every usage line that came in on certain days is accounted for, and those refused can be found by the same days. */
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
