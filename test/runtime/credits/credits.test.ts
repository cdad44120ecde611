/** Is something given back of a closed bill by two people, never more than was billed, and for good? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { askCredit } from '#runtime/services/ask-credit.ts';
import { readBillAloud } from '#runtime/services/bill-aloud.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { creditNoteHtml, creditNotePdf } from '#runtime/services/credit-note-paper.ts';
import { creditsOfBill } from '#runtime/services/credits-of-bill.ts';
import { declineCredit } from '#runtime/services/decline-credit.ts';
import { issueCredit } from '#runtime/services/issue-credit.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { words } from '#schemas/messages/render.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, households, TODAY, tried } from '../../support/households.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
/** The bill of 000005: a data SIM and nothing else. */
let billId: string;
let line: string;
let left: string;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, households);
  const cycleId = await billed(app, people, '2026-10');
  const { rows } = await listBills(app, people.operator, { cycleId, search: 'A-000005' });
  billId = rows[0]!.id;
  const [first] = (await creditsOfBill(app, people.operator, { billId })).creditable;
  ({ line, left } = first!);
});
afterAll(() => app.close());

const ask = (amount: string, reason = '通信障害のおわび') =>
  askCredit(app, people.operator, { billId, lines: [{ line, amount }], reason });
const state = () => creditsOfBill(app, people.operator, { billId });

describe('a credit', () => {
  it('is asked for by one person and issued by another, at the tax rate of the bill', async () => {
    const { creditId, total } = await ask('100');
    expect(total).toBe('110');
    expect((await state()).open.map((one) => [one.id, one.reason])).toEqual([[creditId, '通信障害のおわび']]);
    const issued = await issueCredit(app, people.billingManager, { creditId });
    expect(issued).toEqual({ creditId, number: 'R202611-000001', total: '110' });
    const after = await state();
    expect(after.open).toEqual([]);
    expect(after.issued).toMatchObject([
      {
        number: 'R202611-000001',
        issuedOn: '2026-11-25',
        small: true,
        note: { net: '100', taxTotal: '10', total: '110' },
      },
    ]);
    expect(after.creditable.find((one) => one.line === line)?.left).toBe(String(Number(left) - 100));
  });

  it('is read out with the bill, and by itself', async () => {
    const [first] = (await state()).issued;
    const japanese = words('ja');
    const sentences = first!.aloud.map(({ code, values }) => japanese.render(code, values));
    expect(sentences.at(0)).toBe('10月分のご請求から、次のとおりお返しします。');
    expect(sentences.at(-1)).toBe('合わせて110円をお返しします。');
    expect((await readBillAloud(app, people.operator, { billId })).credits).toEqual([first!.aloud]);
  });

  it('leaves its word in the audit log, from asking to issuing', async () => {
    const { rows } = await auditLog(app, people.auditor, { object: `bill/${billId}` });
    expect(rows.map(({ action }) => action).slice(0, 2)).toEqual(['credit.issued', 'credit.asked']);
    expect(rows[0]?.details).toMatchObject({ number: 'R202611-000001', total: '110', reason: '通信障害のおわび' });
  });

  it('is not issued by whoever asked for it', async () => {
    const { creditId } = await askCredit(app, people.billingManager, {
      billId,
      lines: [{ line, amount: '1' }],
      reason: 'r',
    });
    await expect(issueCredit(app, people.billingManager, { creditId })).rejects.toMatchObject({
      code: 'credit-same-person',
    });
    await declineCredit(app, people.billingManager, { creditId });
    await expect(issueCredit(app, people.billingManager, { creditId })).rejects.toMatchObject({
      code: 'credit-decided',
    });
  });

  it('is never above what is left, whoever comes first', async () => {
    const rest = (await state()).creditable.find((one) => one.line === line)!.left;
    await expect(ask(String(Number(rest) + 1))).rejects.toMatchObject({
      code: 'credit-above-line',
      values: { left: rest },
    });
    const both = [await ask(rest), await ask(rest)];
    const outcomes = await Promise.allSettled(
      both.map(({ creditId }) => issueCredit(app, people.billingManager, { creditId })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'credit-above-line', values: { left: '0' } });
    const { issued, open } = await state();
    expect(issued.map(({ number }) => number)).toEqual(['R202611-000001', 'R202611-000002']);
    await declineCredit(app, people.billingManager, { creditId: open[0]!.id });
  });

  it('says why, for a bill that is closed, and names a line of it', async () => {
    await expect(ask('1', '  ')).rejects.toMatchObject({ code: 'credit-reason-missing' });
    await expect(
      askCredit(app, people.operator, { billId, lines: [{ line: 'L99', amount: '1' }], reason: 'r' }),
    ).rejects.toMatchObject({ code: 'credit-line-unknown' });
    await expect(
      askCredit(app, people.operator, { billId: 'no-such', lines: [{ line, amount: '1' }], reason: 'r' }),
    ).rejects.toMatchObject({ code: 'bill-unknown' });
    const trial = await tried(app, people, '2026-11');
    const { rows } = await listBills(app, people.operator, { cycleId: trial, search: 'A-000005' });
    await expect(
      askCredit(app, people.operator, { billId: rows[0]!.id, lines: [{ line: 'L1', amount: '1' }], reason: 'r' }),
    ).rejects.toMatchObject({ code: 'bill-not-closed' });
  });

  it.each([
    ['auditor', 'ask'],
    ['productManager', 'ask'],
    ['operator', 'issue'],
    ['auditor', 'issue'],
  ] as const)('may not be: %s, %s', async (role, what) => {
    const refused =
      what === 'ask'
        ? askCredit(app, people[role], { billId, lines: [{ line, amount: '1' }], reason: 'r' })
        : issueCredit(app, people[role], { creditId: '00000000-0000-0000-0000-000000000000' });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('what was issued', () => {
  it('is a paper in both languages, with what a qualified return invoice must hold', async () => {
    const { html } = await creditNoteHtml(app, people.operator, { billId, number: 'R202611-000001', locale: 'ja' });
    for (const shown of [
      '返還インボイス（適格返還請求書）',
      'R202611-000001',
      '2026年11月25日',
      '登録番号',
      '¥110',
      '10% 対象',
      '伊藤 恵',
      '通信障害のおわび',
      '消費税法第57条の4第3項',
    ])
      expect(html).toContain(shown);
    const english = await creditNoteHtml(app, people.operator, { billId, number: 'R202611-000001', locale: 'en' });
    expect(english.html).toContain('Credit note (qualified return invoice)');
    expect(english.html).not.toMatch(/invoice\.[a-z]/);
  });

  it('is printed as a PDF', async () => {
    const { pdf, fileName } = await creditNotePdf(app, people.operator, {
      billId,
      number: 'R202611-000001',
      locale: 'ja',
    });
    expect(fileName).toBe('R202611-000001.pdf');
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is not found under another number', async () => {
    await expect(
      creditNoteHtml(app, people.operator, { billId, number: 'R202611-000009', locale: 'ja' }),
    ).rejects.toMatchObject({ code: 'credit-unknown' });
  });

  it('never changes, and neither does what was asked', async () => {
    for (const statement of [
      `update credit_note set total_minor = 0`,
      `delete from credit_note`,
      `update credit_request set reason = 'another'`,
      `update credit_request set state = 'open', decided_by = null`,
      `delete from credit_request`,
    ])
      await expect(asAdministrator(app.server, statement), statement).rejects.toMatchObject({ code: '23001' });
    const seen = await withScope(app, people.operator, (tx) => tx.sql('select 1 from credit_note'));
    expect(seen).toHaveLength(2);
  });
});
