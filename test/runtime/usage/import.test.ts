/** Every line of a usage file is accepted, a duplicate, or refused with its number and a reason; none is lost and none counts twice. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#runtime/access/actor.ts';
import { withScope } from '#runtime/db/scope.ts';
import { correctReject } from '#runtime/services/correct-reject.ts';
import { importUsage } from '#runtime/services/import-usage.ts';
import { listRejects } from '#runtime/services/list-rejects.ts';
import { voidReject } from '#runtime/services/void-reject.ts';
import { listUsageFiles, type UsageFilesAsked } from '#runtime/services/list-usage-files.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { toShiftJis } from '#runtime/demo/shift-jis.ts';
import { words } from '#schemas/messages/render.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, realFile, realLines, realOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let mobile: People;
let operator: Actor;
beforeAll(async () => {
  app = await testApp();
  mobile = await mobileOperator(app, [
    subscriber('00000001'),
    subscriber('00000002'),
    subscriber('00000003', { to: '2026-11-10', endReason: 'customer-request' }),
    subscriber('00000004', [{ to: '2026-11-05' }, { from: '2026-11-05', status: 'suspended' }]),
    subscriber('00000005', { offering: 'home-electricity' }),
  ]);
  operator = mobile.operator;
});
afterAll(() => app.close());

const sessions = (...lines: string[]): string => ['record_id,msisdn,type,amount,started_at', ...lines, ''].join('\n');
const inSessions = { format: 'packet-and-sms' };

async function rejectsOf(fileId: string): Promise<readonly (readonly [number, string])[]> {
  const { rows } = await listRejects(app, operator, { fileId });
  return rows.map(({ lineNumber, code }) => [lineNumber, code] as const);
}

const recordsOf = (fileId: string) =>
  withScope(app, operator, (tx) =>
    tx.sql<{ product_id: string; meter: string; started_at: string; quantity: string }>(
      `select product_id, meter, started_at, trim_scale(quantity)::text as quantity from usage_record where file_id = $1 order by line_number, event_key`,
      [fileId],
    ),
  );

describe('the real file', () => {
  it('of 1,616 lines yields four records each, once', async () => {
    const real = await realOperator(app);
    const imported = await importText(app, real.operator, realFile, {
      format: 'monthly-usage',
      givenOn: '2026-11-01',
      name: 'telecom-usage.csv',
    });
    expect(imported).toMatchObject({ received: 1616, accepted: 1616, duplicate: 0, rejected: 0, records: 6464 });
    const again = importText(app, real.billingManager, realFile, { format: 'monthly-usage', givenOn: '2026-12-01' });
    await expect(again).rejects.toMatchObject({
      code: 'file-already-imported',
      values: { name: 'telecom-usage.csv', by: 'operator' },
    });
    const resent = await importText(app, real.operator, realLines(20), {
      format: 'monthly-usage',
      givenOn: '2026-11-01',
    });
    expect(resent).toMatchObject({ received: 20, accepted: 0, duplicate: 20, rejected: 0, records: 0 });
    const nextMonth = await importText(app, real.operator, realLines(21), {
      format: 'monthly-usage',
      givenOn: '2026-12-01',
    });
    expect(nextMonth).toMatchObject({ accepted: 21, records: 84 });
  });
});

describe('a line', () => {
  it('becomes the records of its product on the day of use', async () => {
    const { fileId } = await importText(
      app,
      operator,
      sessions('A-1,07000000001,DATA,0012000,20261103120000', 'A-2,07000000002,SMS,3,20261104000000'),
      inSessions,
    );
    expect(await recordsOf(fileId)).toEqual([
      { product_id: 'P-00000001', meter: 'data.kilobytes', started_at: '2026-11-03T12:00:00', quantity: '12000' },
      { product_id: 'P-00000002', meter: 'sms.messages', started_at: '2026-11-04T00:00:00', quantity: '3' },
    ]);
  });

  it('that cannot be accepted is kept with its number, its bytes and a reason in words', async () => {
    const imported = await importText(
      app,
      operator,
      Buffer.concat([
        Buffer.from(
          sessions(
            'B-1,07000000001,DATA,100,20261103120000',
            'B-2,07099999999,DATA,100,20261103120000',
            'B-3,07000000003,DATA,100,20261109235959',
            'B-4,07000000003,DATA,100,20261110000000',
            'B-5,07000000004,DATA,100,20261105000000',
            'B-6,07000000001,DATA,１００,20261103120000',
            'B-7,07000000001,DATA,-1,20261103120000',
            'B-8,07000000001,DATA,100,20261131120000',
            'B-9,07000000001,DATA,100',
            'B-10,07000000001,MMS,1,20261103120000',
            'B-11,,DATA,100,20261103120000',
            'B-12,"07000000001,DATA,100,20261103120000',
          ),
        ),
        Buffer.from([0x42, 0xff, 0x0a]),
      ]),
      inSessions,
    );
    expect(imported).toMatchObject({ received: 13, accepted: 2, duplicate: 0, rejected: 11 });
    const { rows } = await listRejects(app, operator, { fileId: imported.fileId });
    expect(rows.map(({ lineNumber, code, values }) => [lineNumber, code, values])).toEqual([
      [3, 'unknown-subscriber', { subscriber: '07099999999', on: '2026-11-03' }],
      [5, 'unknown-subscriber', { subscriber: '07000000003', on: '2026-11-10' }],
      [6, 'product-not-active', { subscriber: '07000000004', product: 'P-00000004', on: '2026-11-05' }],
      [7, 'broken-quantity', { column: 'amount', value: '１００' }],
      [8, 'broken-quantity', { column: 'amount', value: '-1' }],
      [9, 'broken-date', { column: 'started_at', value: '20261131120000', pattern: 'YYYYMMDDHHmmss' }],
      [10, 'wrong-field-count', { expected: '5', found: '4' }],
      [11, 'no-record', {}],
      [12, 'value-missing', { column: 'msisdn' }],
      [13, 'unclosed-quote', {}],
      [14, 'bad-bytes', { encoding: 'utf-8' }],
    ]);
    expect(Buffer.from(rows.at(-1)!.raw, 'base64')).toEqual(Buffer.from([0x42, 0xff]));
    for (const { code, values } of rows) {
      for (const locale of ['ja', 'en'] as const)
        expect(words(locale).render(`reject.${code}`, values)).not.toBe(`reject.${code}`);
    }
  });

  it('in Shift_JIS is read, and a character cut in half is not', async () => {
    const header = toShiftJis('供給地点特定番号,お客さま名,検針日,使用量kWh\r\n');
    const good = toShiftJis('07000000005,髙﨑①ソー,2026/11/02,210.5\r\n');
    const broken = Buffer.concat([Buffer.from('07000000005,'), Buffer.from([0x82]), toShiftJis(',2026/11/03,99\r\n')]);
    const imported = await importText(app, operator, Buffer.concat([header, good, broken]), {
      format: 'electricity-readings',
    });
    expect(imported).toMatchObject({ received: 2, accepted: 1, rejected: 1 });
    expect(await recordsOf(imported.fileId)).toMatchObject([{ quantity: '210.5', started_at: '2026-11-02T00:00:00' }]);
    expect(await rejectsOf(imported.fileId)).toEqual([[3, 'bad-bytes']]);
  });
});

describe('a line that comes again', () => {
  it('counts as a duplicate when it says the same, in its file or in another', async () => {
    const line = 'C-1,07000000001,DATA,100,20261103120000';
    expect(await importText(app, operator, sessions(line, line), inSessions)).toMatchObject({
      accepted: 1,
      duplicate: 1,
    });
    expect(
      await importText(app, operator, sessions(line, 'C-2,07000000001,DATA,1,20261103120000'), inSessions),
    ).toMatchObject({ accepted: 1, duplicate: 1 });
  });

  it('is refused when it says something else; the first stands', async () => {
    const first = await importText(app, operator, sessions('D-1,07000000001,DATA,100,20261103120000'), {
      ...inSessions,
      name: 'first.csv',
    });
    const second = await importText(
      app,
      operator,
      sessions(
        'D-1,07000000001,DATA,101,20261103120000',
        'D-2,07000000002,SMS,1,20261103120000',
        'D-2,07000000002,SMS,2,20261103120000',
      ),
      { ...inSessions, name: 'second.csv' },
    );
    expect(second).toMatchObject({ received: 3, accepted: 1, rejected: 2 });
    const { rows } = await listRejects(app, operator, { fileId: second.fileId });
    expect(rows.map(({ lineNumber, code, values }) => [lineNumber, code, values])).toEqual([
      [2, 'usage-conflict', { file: 'first.csv', line: '2' }],
      [4, 'usage-conflict', { file: 'second.csv', line: '3' }],
    ]);
    expect(await recordsOf(first.fileId)).toMatchObject([{ quantity: '100' }]);
  });

  it('is known by its key even when it names another subscriber, who lies in another shard', async () => {
    await importText(app, operator, sessions('E-1,07000000001,DATA,100,20261103120000'), inSessions);
    const { fileId } = await importText(app, operator, sessions('E-1,07000000002,DATA,100,20261103120000'), inSessions);
    expect(await rejectsOf(fileId)).toEqual([[2, 'usage-conflict']]);
  });

  it('may come again after it was refused: a refused line takes no key', async () => {
    await importText(app, operator, sessions('F-1,07099999999,DATA,100,20261103120000'), inSessions);
    expect(
      await importText(app, operator, sessions('F-1,07000000001,DATA,100,20261103120000'), inSessions),
    ).toMatchObject({ accepted: 1 });
  });

  it('in two files at the same moment is accepted once', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `G-${index},0700000000${(index % 2) + 1},DATA,100,20261103120000`,
    );
    const files = await Promise.all([
      importText(app, operator, sessions(...lines), inSessions),
      importText(app, operator, sessions(...lines.toReversed()), inSessions),
    ]);
    expect(files[0].accepted + files[1].accepted).toBe(300);
    expect(files[0].duplicate + files[1].duplicate).toBe(300);
  });
});

describe('a file', () => {
  it('that breaks off leaves nothing behind, and comes in whole the next time', async () => {
    const content = sessions('H-1,07000000001,DATA,100,20261103120000');
    const broken = async function* () {
      yield Buffer.from(content);
      throw new Error('the line is cut');
    };
    const before = (await listUsageFiles(app, operator)).total;
    await expect(
      importUsage(app, operator, { name: 'h.csv', format: 'packet-and-sms', content: broken() }),
    ).rejects.toThrow('the line is cut');
    expect((await listUsageFiles(app, operator)).total).toBe(before);
    expect(await importText(app, operator, content, inSessions)).toMatchObject({ accepted: 1 });
  });

  it.each([
    ['', 'usage-file-empty', {}],
    [
      'record_id,msisdn,type\n1,2,3\n',
      'usage-columns-missing',
      { columns: 'amount, started_at', found: 'record_id, msisdn, type' },
    ],
    ['record_id,msisdn,type,amount,started_at,amount\n', 'usage-columns-twice', { columns: 'amount' }],
  ])('%j is refused as a whole', async (content, code, values) => {
    await expect(importText(app, operator, content, inSessions)).rejects.toMatchObject({ code, values, status: 422 });
  });

  it('needs a published format, a day where the format has none, and somebody who may', async () => {
    await expect(importText(app, operator, 'a', { format: 'nothing' })).rejects.toMatchObject({
      code: 'file-format-unknown',
    });
    await expect(importText(app, operator, 'a', { ...inSessions, givenOn: '2026-02-29' })).rejects.toMatchObject({
      code: 'not-a-day',
    });
    await expect(importText(app, mobile.auditor, 'a', inSessions)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('with a byte order mark, CR LF and an open last line is read like any other', async () => {
    const content = `\uFEFF${sessions('I-1,07000000001,DATA,100,20261103120000').trim().replaceAll('\n', '\r\n')}`;
    expect(await importText(app, operator, content, inSessions)).toMatchObject({ received: 1, accepted: 1 });
  });
});

describe('the files that came in', () => {
  it('are found by name, format or person, and come in the order that is asked for', async () => {
    const line = (id: string): string => `${id},07000000001,DATA,100,20261103120000`;
    await importText(app, operator, sessions(line('M-1')), { ...inSessions, name: 'Evening-1.csv' });
    await importText(app, operator, sessions(line('M-2'), line('M-3')), { ...inSessions, name: 'evening-2.csv' });
    const found = async (asked: UsageFilesAsked) =>
      (await listUsageFiles(app, operator, { search: 'EVENING', ...asked })).rows.map(({ name }) => name);
    expect(await found({})).toEqual(['evening-2.csv', 'Evening-1.csv']);
    expect(await found({ sort: 'importedAt' })).toEqual(['Evening-1.csv', 'evening-2.csv']);
    expect(await found({ sort: 'received', descending: true })).toEqual(['evening-2.csv', 'Evening-1.csv']);
    expect(await found({ search: 'evening-1' })).toEqual(['Evening-1.csv']);
    expect(await found({ search: 'packet-and-sms' })).toContain('evening-2.csv');
    expect(await found({ search: 'no such file' })).toEqual([]);
  });

  it('are ordered by the name of their format in the language that is read', async () => {
    const calls =
      'caller,callee,started_at,seconds,destination,switch\n07000000001,0312345678,2026-11-03 12:00:00,60,fixed,T1\n';
    const readings = '供給地点特定番号,お客さま名,検針日,使用量kWh\r\n07000000005,髙﨑,2026/11/04,1\r\n';
    await importText(app, operator, toShiftJis(readings), { format: 'electricity-readings', name: 'both-a.csv' });
    await importText(app, operator, calls, { format: 'exchange-calls', name: 'both-b.csv' });
    const inOrder = async (locale: 'ja' | 'en') =>
      (await listUsageFiles(app, operator, { search: 'both-', sort: 'format', locale })).rows.map(
        ({ formatName }) => formatName[locale],
      );
    expect(await inOrder('en')).toEqual(['Electricity readings', 'Exchange call records']);
    expect(await inOrder('ja')).toEqual(['交換機通話明細', '検針データ']);
  });
});

describe('a refused line', () => {
  it('comes in once it is put right, stays linked to what was refused, and is on record', async () => {
    const { fileId } = await importText(app, operator, sessions('J-1,07099999999,DATA,100,20261103120000'), {
      ...inSessions,
      name: 'j.csv',
    });
    const [reject] = (await listRejects(app, operator, { fileId })).rows;
    const rejectId = reject!.id;
    const stillWrong = correctReject(app, operator, { rejectId, text: 'J-1,07000000001,DATA,x,20261103120000' });
    await expect(stillWrong).rejects.toMatchObject({
      code: 'line-still-refused',
      values: { reject: 'broken-quantity', value: 'x' },
    });
    const stillUnknown = correctReject(app, operator, { rejectId, text: 'J-1,07088888888,DATA,100,20261103120000' });
    await expect(stillUnknown).rejects.toMatchObject({
      values: { reject: 'unknown-subscriber', subscriber: '07088888888' },
    });

    const text = 'J-1,07000000001,DATA,100,20261103120000';
    expect(await correctReject(app, operator, { rejectId, text })).toEqual({ outcome: 'accepted', records: 1 });
    expect((await listRejects(app, operator, { fileId })).rows).toMatchObject([
      {
        state: 'corrected',
        text: 'J-1,07099999999,DATA,100,20261103120000',
        correctedText: text,
        correctedBy: 'operator',
      },
    ]);
    expect(await recordsOf(fileId)).toMatchObject([{ product_id: 'P-00000001' }]);
    const file = (await listUsageFiles(app, operator, { pageSize: 500 })).rows.find(({ id }) => id === fileId);
    expect(file).toMatchObject({ received: 1, accepted: 1, duplicate: 0, rejected: 0, records: 1 });
    await expect(correctReject(app, operator, { rejectId, text })).rejects.toMatchObject({ code: 'reject-not-open' });
    const { rows } = await auditLog(app, mobile.auditor, { action: 'usage.corrected' });
    expect(rows).toMatchObject([
      { object: `usageReject/${rejectId}`, details: { file: 'j.csv', line: 2, outcome: 'accepted' } },
    ]);
  });

  it('that says what is known by now becomes a duplicate', async () => {
    await importText(app, operator, sessions('K-1,07000000001,DATA,100,20261103120000'), inSessions);
    const { fileId } = await importText(app, operator, sessions('K-1,07000000001,DATA,,20261103120000'), inSessions);
    const [reject] = (await listRejects(app, operator, { fileId })).rows;
    const corrected = await correctReject(app, operator, {
      rejectId: reject!.id,
      text: 'K-1,07000000001,DATA,100,20261103120000',
    });
    expect(corrected).toEqual({ outcome: 'duplicate', records: 0 });
  });

  it('is set aside for good with its reason: it still counts, and is kept, on record and never taken in', async () => {
    const text = sessions('V-1,07000000001,DATA,100,20261103120000\nV-2,07099999999,DATA,1,20261103120000');
    const { fileId } = await importText(app, operator, text, { ...inSessions, name: 'v.csv' });
    const rejectId = (await listRejects(app, operator, { fileId })).rows[0]!.id;
    const setAside = (reason: string, by = mobile.billingManager) => voidReject(app, by, { rejectId, reason });
    await expect(setAside('試験通話', operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setAside(' ')).rejects.toMatchObject({ code: 'reason-missing' });
    expect(await setAside('試験通話')).toEqual({ file: 'v.csv', line: 3 });
    const file = (await listUsageFiles(app, operator, { pageSize: 500 })).rows.find(({ id }) => id === fileId);
    // 2 = 1 + 0 + 0 + 1.
    expect(file).toMatchObject({ received: 2, accepted: 1, duplicate: 0, rejected: 0, voided: 1, records: 1 });
    expect((await listRejects(app, operator, { fileId, state: 'void' })).rows).toMatchObject([
      { text: 'V-2,07099999999,DATA,1,20261103120000', voidReason: '試験通話', correctedBy: 'billingManager' },
    ]);
    await expect(setAside('もう一度')).rejects.toMatchObject({ code: 'reject-not-open' });
    const correction = { rejectId, text: 'V-2,07000000001,DATA,1,20261103120000' };
    await expect(correctReject(app, operator, correction)).rejects.toMatchObject({ code: 'reject-not-open' });
    const { rows } = await auditLog(app, mobile.auditor, { action: 'usage.voided' });
    expect(rows).toMatchObject([
      { object: `usageReject/${rejectId}`, details: { file: 'v.csv', line: 3, reason: '試験通話' } },
    ]);
  });
});

it('memory stays bounded: a file comes piece by piece', async () => {
  const lines = function* () {
    yield 'record_id,msisdn,type,amount,started_at\n';
    for (let index = 0; index < 5_000; index += 1) yield `L-${index},07000000001,DATA,100,20261103120000\n`;
  };
  const imported = await importUsage(app, operator, {
    name: 'l.csv',
    format: 'packet-and-sms',
    content: Readable.from(lines()).map((line: string) => Buffer.from(line)),
  });
  expect(imported).toMatchObject({ received: 5_000, accepted: 5_000 });
});
