/** A bill is found by whoever may look, shown with all that an invoice needs, and every line of it can say why. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BillsAsked } from '#runtime/bills/find-bills.ts';
import { withScope } from '#runtime/db/scope.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { explainLine } from '#runtime/services/explain-line.ts';
import { invoiceTemplate } from '#runtime/services/invoice-template.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator, realLines, realOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let cycleId: string;
beforeAll(async () => {
  app = await testApp();
  people = await mobileOperator(app, [
    { ...subscriber('00000001', { offering: 'smartphone-s' }), name: '髙橋 一郎', kana: 'タカハシ イチロウ' },
    { ...subscriber('00000002', { offering: 'smartphone-l' }), name: '鈴木 花子', kana: 'スズキ ハナコ' },
    subscriber('00000003', { offering: 'data-sim' }),
  ]);
  const usage = ['record_id,msisdn,type,amount,started_at', 'A,07000000001,SMS,3,20261103120000', ''].join('\n');
  await importText(app, people.operator, usage, { format: 'packet-and-sms' });
  ({ cycleId } = await openCycle(app, people.operator, {
    legalEntity: 'kanade-mobile',
    billingCycle: 'month-end',
    month: '2026-11',
  }));
  await (
    await runCycle(app, people.operator, { cycleId, workers: 1 })
  ).finished;
});
afterAll(() => app.close());

const found = async (asked: Parameters<typeof listBills>[2]): Promise<readonly string[]> =>
  (await listBills(app, people.operator, asked)).rows.map(({ account }) => account);

describe('bills', () => {
  it.each<[BillsAsked, string[], string]>([
    [{ search: '髙橋' }, ['A-00000001'], 'a name'],
    [{ search: 'ｽｽﾞｷ' }, ['A-00000002'], 'kana, in whatever width'],
    [{ search: 'c-00000003' }, ['A-00000003'], 'the customer’s number'],
    [{ search: 'a-00000002' }, ['A-00000002'], 'the account’s number'],
    [{ search: 'スズキ 00000002' }, ['A-00000002'], 'several words'],
    [{ search: '%' }, [], 'a sign that means anything to the database and nothing to people'],
    [{ account: 'A-00000001' }, ['A-00000001'], 'an account'],
    [{ cycleId: '00000000-0000-0000-0000-000000000000' }, [], 'another cycle'],
    [{ cycleId: 'nonsense' }, [], 'no cycle at all'],
  ])('are found by %j: %s %s', async (asked, accounts) => expect(await found(asked)).toEqual(accounts));

  it('are found by amount, sorted and shown a page at a time', async () => {
    const all = await listBills(app, people.operator, { sort: 'total' });
    expect(all.total).toBe(3);
    const totals = all.rows.map(({ total }) => Number(total));
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
    const [least, middle] = all.rows;
    expect(await found({ sort: 'total', least: least!.total, most: middle!.total })).toEqual([
      least!.account,
      middle!.account,
    ]);
    expect(await found({ sort: 'total', most: `${middle!.total}.5`, least: `${least!.total}.01` })).toEqual([
      middle!.account,
    ]);
    expect(await found({ sort: 'customer', descending: true, page: 2, pageSize: 2 })).toHaveLength(1);
    await expect(listBills(app, people.operator, { least: 'much' })).rejects.toMatchObject({ code: 'not-an-amount' });
  });

  it('are for those who may read them, of their own operator', async () => {
    await expect(listBills(app, people.productManager)).rejects.toMatchObject({ code: 'forbidden' });
    const other = await mobileOperator(app, []);
    expect((await listBills(app, other.operator)).total).toBe(0);
    await expect(showBill(app, other.operator, { billId: 'A-00000001-2026-11-01-regular-1' })).rejects.toMatchObject({
      code: 'bill-unknown',
    });
  });
});

describe('a bill', () => {
  const billId = 'A-00000001-2026-11-01-regular-1';

  it('is shown with recipient, issuer, products and wording; its number comes with the closing', async () => {
    const shown = await showBill(app, people.auditor, { billId });
    expect(shown).toMatchObject({
      id: billId,
      document: null,
      cycle: { month: '2026-11', state: 'trial', release: 1 },
      customer: { id: 'C-00000001', name: '髙橋 一郎', corporate: false },
      recipient: { name: '髙橋 一郎', address: '東京都' },
      issuer: { id: 'kanade-mobile', registrationNumber: 'T1234567890123', currency: 'JPY' },
      products: [{ id: 'P-00000001', identifier: '07000000001' }],
    });
    expect(shown.products[0]!.name.ja).not.toBe('smartphone-s');
    expect(shown.wording?.title.ja).toBeTruthy();
    expect(shown.bill.lines.length).toBeGreaterThan(0);
  });

  it('is laid out by the template that its release names, the source of which can be read by who may see bills and rules', async () => {
    const shown = await invoiceTemplate(app, people.auditor, { billId });
    expect(shown).toMatchObject({
      template: { id: 'standard-invoice', version: 1, name: { ja: '標準請求書', en: 'Standard invoice' } },
      release: 1,
      title: { ja: 'ご請求書' },
    });
    expect(shown.files.map(({ path }) => path)).toEqual([
      'invoice/page.hbs',
      ...['issuer', 'totals-by-rate', 'lines', 'payment-slip'].map((name) => `partials/${name}.hbs`),
    ]);
    expect(shown.files[0]!.text).toContain('{{');
    await expect(invoiceTemplate(app, people.approver, { billId })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(invoiceTemplate(app, people.auditor, { billId: 'none' })).rejects.toMatchObject({
      code: 'bill-unknown',
    });
  });

  it('explains every line by its rule and whoever published it', async () => {
    const { bill } = await showBill(app, people.operator, { billId });
    for (const { id, amount, ruleset, version } of bill.lines) {
      const explained = await explainLine(app, people.operator, { billId, lineId: id });
      expect(explained.line.amount).toBe(amount);
      expect(explained.notes.flatMap(({ children }) => children ?? [])).toContainEqual(
        expect.objectContaining({ line: id }),
      );
      expect(explained.rule).toMatchObject({ ruleset, version, publishedBy: 'approver', release: 1 });
    }
    const { rule } = await explainLine(app, people.operator, { billId, lineId: 'L1' });
    expect(rule?.name).toEqual({ ja: 'スマホ S', en: 'Smartphone S' });
    await expect(explainLine(app, people.operator, { billId, lineId: 'L99' })).rejects.toMatchObject({
      code: 'bill-line-unknown',
    });
  });

  it('that is not what its inputs come to is refused, loudly', async () => {
    const tampered = 'A-00000003-2026-11-01-regular-1';
    await asAdministrator(
      app.server,
      `update bill set body = replace(body, '"amount":"', '"amount":"9') where id = '${tampered}'`,
    );
    await expect(explainLine(app, people.operator, { billId: tampered, lineId: 'L1' })).rejects.toMatchObject({
      code: 'explanation-differs',
    });
    await expect(closeCycle(app, people.billingManager, { cycleId })).rejects.toThrow(/bills are those of the trial/);
    await (
      await runCycle(app, people.operator, { cycleId, workers: 1 })
    ).finished;
    await closeCycle(app, people.billingManager, { cycleId });
    const shown = await showBill(app, people.auditor, { billId: tampered });
    expect(shown.document).toMatchObject({ number: expect.stringMatching(/^202611-00000[123]$/) as string });
    expect(await found({ search: shown.document!.number })).toEqual(['A-00000003']);
  });

  it('is explained from what its cycle knew, whatever became known later', async () => {
    await withScope(app, people.administrator, (tx) =>
      tx.sql(`update product_history set known_to = nextval('knowledge') where product_id = 'P-00000002'`),
    );
    const later = { billId: 'A-00000002-2026-11-01-regular-1', lineId: 'L1' };
    expect(await explainLine(app, people.auditor, later)).toMatchObject({ line: { id: 'L1' } });
  });
});

it('cents are cents: a bill in dollars is found by its amount', async () => {
  const real = await realOperator(app, realLines(3));
  await importText(app, real.operator, realLines(3), { format: 'monthly-usage', givenOn: '2026-11-01' });
  const opened = await openCycle(app, real.operator, {
    legalEntity: 'real-usage',
    billingCycle: 'month-end',
    month: '2026-11',
  });
  await (
    await runCycle(app, real.operator, { cycleId: opened.cycleId, workers: 1 })
  ).finished;
  // 45.07 + 16.78 + 11.01 + 2.70, as the operator billed its first subscriber.
  const { rows } = await listBills(app, real.operator, { least: '75.56', most: '75.56' });
  expect(rows).toMatchObject([{ account: 'A-S00001', total: '75.56', currency: 'USD', lines: 4 }]);
});
