/** Each use of a customer is listed with the line that it came in, and nobody else's is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listUsageRecords } from '#runtime/services/list-usage-records.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, subscriber } from '../../support/operators.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

it('what a customer used is listed in order of start, page by page', async () => {
  const { operator, approver } = await mobileOperator(app, [subscriber('00000001'), subscriber('00000002')]);
  const line = (id: string, of: string, type: string, amount: string, at: string): string =>
    `${id},0700000000${of},${type},${amount},${at}`;
  await importText(
    app,
    operator,
    [
      'record_id,msisdn,type,amount,started_at',
      line('A', '1', 'SMS', '2', '20261103120000'),
      line('B', '2', 'SMS', '1', '20261103130000'),
      line('C', '1', 'DATA', '512', '20261102080000'),
      '',
    ].join('\n'),
    { format: 'packet-and-sms', name: 'november.csv' },
  );
  const customerId = 'C-00000001';
  const { rows, total } = await listUsageRecords(app, operator, { customerId });
  expect(total).toBe(2);
  expect(
    rows.map(({ startedAt, identifier, quantity, fileName, lineNumber }) => [
      ...[startedAt, identifier, quantity],
      ...[fileName, lineNumber],
    ]),
  ).toEqual([
    ['2026-11-02T08:00:00', '07000000001', '512', 'november.csv', 4],
    ['2026-11-03T12:00:00', '07000000001', '2', 'november.csv', 2],
  ]);
  const second = await listUsageRecords(app, operator, { customerId, page: 2, pageSize: 1 });
  expect(second.rows.map(({ lineNumber }) => lineNumber)).toEqual([2]);
  await expect(listUsageRecords(app, operator, { customerId: 'C-none' })).rejects.toMatchObject({ status: 404 });
  await expect(listUsageRecords(app, approver, { customerId })).rejects.toMatchObject({ code: 'forbidden' });
});
