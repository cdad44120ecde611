/** Does a cycle bill what was agreed, adjusted, ordered and put right since, as the price of the same document does? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { documentBehind } from '#runtime/bills/explain.ts';
import { storedBill } from '#runtime/bills/read-bill.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope } from '#runtime/db/scope.ts';
import { adjustAccount, takeBackAdjustment } from '#runtime/services/adjust-account.ts';
import { agreePrice, endAgreement } from '#runtime/services/agree-price.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { declineConcession, grantConcession } from '#runtime/services/decide-concession.ts';
import { explainLine } from '#runtime/services/explain-line.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { termsOfCustomer } from '#runtime/services/terms-of-customer.ts';
import type { AccountDocument, Bill, CampaignRuleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, TODAY, tried } from '../../support/households.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let november: string;

/** What a product is from a day on, as known from now on: the row that held then ends there. */
async function changeFrom(
  number: string,
  from: string,
  offering: string,
  order?: { event: string; appliedOn: string },
) {
  await withScope(app, people.operator, async (tx) => {
    const [held] = await tx.sql<{ shard: number; row_id: string; valid_from: string }>(
      'select shard, row_id, valid_from from product_history where product_id = $1 and known_to is null',
      [`P-${number}`],
    );
    const known = await holdBillingFacts(tx, people.tenantId, [held!.shard]);
    await tx.sql('update product_history set known_to = $2 where row_id = $1', [held!.row_id, known]);
    await tx.sql(
      `insert into product_history (tenant_id, shard, product_id, valid_from, valid_to, known_from, offering, status, event, applied_on)
       select tenant_id, shard, product_id, valid_from, $2::date, $3::bigint, offering, status, event, applied_on
       from product_history where row_id = $1
       union all
       select tenant_id, shard, product_id, $2::date, valid_to, $3::bigint, $4::text, status, $5::text, $6::date
       from product_history where row_id = $1`,
      [held!.row_id, from, known, offering, order?.event ?? null, order?.appliedOn ?? null],
    );
  });
}

/** 700 off for who orders another plan, no grant needed. */
const upgrade: CampaignRuleset = {
  kind: 'campaign',
  id: 'upgrade',
  version: 1,
  name: { ja: 'プラン変更割', en: 'Upgrade' },
  effective: { from: '2026-10-01', to: null },
  reason: 'For those who order another plan.',
  body: {
    triggers: ['planChange'],
    window: { from: '2026-10-01', to: null },
    duration: { months: 3, countedFrom: 'start' },
    discounts: [
      {
        id: 'upgrade-off',
        name: { ja: 'プラン変更割', en: 'Upgrade' },
        effect: { op: 'amountOff', amount: '700' },
        target: { charges: ['base'], services: ['mobile'] },
      },
    ],
    priority: 60,
  },
};

const billOf = async (number: string, cycleId: string): Promise<{ readonly id: string; readonly bill: Bill }> => {
  const { rows } = await listBills(app, people.operator, { cycleId, account: `A-${number}` });
  return showBill(app, people.operator, { billId: rows[0]!.id });
};

/** The document from which the cycle computed the bill, read again. */
const documentOfBill = (billId: string): Promise<AccountDocument> =>
  withScope(app, people.operator, async (tx) => {
    const stored = await storedBill(tx, billId);
    const frame = await frameOf(tx, people.tenantId, stored.cycleId, app.keys.publicKey);
    return (await documentBehind(tx, stored, frame))!;
  });

const lines = ({ lines: all }: Bill): string[] =>
  all.map(({ charge, amount, why }) => `${charge} ${amount} ${why.code}`);
const corrections = (of: Bill): string[] => lines(of).filter((line) => line.endsWith('line.correction'));

/** Asked for by the operator, granted by the billing manager. */
const granted = async ({ concession }: { readonly concession: string | null }): Promise<void> => {
  await grantConcession(app, people.billingManager, { concession: concession! });
};

/**
 * Data SIMs since April, October closed. Since then: 1 was Smartphone L from 16 October on; 2 has an agreement; 3 and 4 were
 * adjusted; 5 moved to Smartphone M by an order; 6 as 5, without one; 7 has nothing new.
 */
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  const numbers = ['00000001', '00000002', '00000003', '00000004', '00000005', '00000006', '00000007'];
  people = await mobileOperator(
    app,
    numbers.map((number) => subscriber(number, { offering: 'smartphone-l', from: '2026-09-01' })),
  );
  await billed(app, people, '2026-10');
  await changeFrom('00000001', '2026-10-16', 'smartphone-m');
  const agreed = await agreePrice(app, people.operator, {
    customer: 'C-00000002',
    agreement: {
      id: 'AG-2',
      charge: 'base',
      product: 'P-00000002',
      valid: { from: '2026-10-01', to: null },
      price: { percentOfList: '80' },
    },
    reason: '法人契約の更新',
  });
  await granted(agreed);
  const goodwill = {
    customer: 'C-00000003',
    adjustment: {
      id: 'sorry',
      account: 'A-00000003',
      on: '2026-11-10',
      name: { ja: 'おわび', en: 'Goodwill' },
      amount: '-500',
      taxCategory: 'standard',
    },
    reason: '障害',
  } as const;
  await granted(await adjustAccount(app, people.operator, goodwill));
  // Asked for once more, and declined; and for another customer, where nobody has decided yet.
  const again = { ...goodwill, adjustment: { ...goodwill.adjustment, id: 'again' } };
  const { concession } = await adjustAccount(app, people.operator, again);
  await declineConcession(app, people.billingManager, { concession: concession! });
  const waiting = { ...goodwill.adjustment, id: 'waiting', account: 'A-00000006' };
  await adjustAccount(app, people.operator, { customer: 'C-00000006', adjustment: waiting, reason: '障害' });
  for (const id of ['wrong', 'right'])
    await adjustAccount(app, people.billingManager, {
      customer: 'C-00000004',
      adjustment: {
        id,
        account: 'A-00000004',
        on: '2026-11-10',
        name: { ja: '再発行', en: 'Reissue' },
        amount: '300',
        taxCategory: 'standard',
      },
      reason: 'SIM 再発行',
    });
  await granted(
    await takeBackAdjustment(app, people.operator, {
      customer: 'C-00000004',
      adjustment: 'wrong',
      reason: '二重登録',
    }),
  );
  await changeFrom('00000005', '2026-11-01', 'smartphone-m', { event: 'planChange', appliedOn: '2026-10-25' });
  await changeFrom('00000006', '2026-11-01', 'smartphone-m');
  const published = await publishRelease(app, people.approver, [upgrade]);
  if ('refusal' in published) throw new Error(JSON.stringify(published.refusal));
  november = await tried(app, people, '2026-11');
});
afterAll(() => app.close());

describe('a cycle', () => {
  it('bills a change dated back into a closed month as the difference, for that month, at its prices', async () => {
    const { bill: made } = await billOf('00000001', november);
    const october = corrections(made);
    expect(october.length).toBeGreaterThan(0);
    // Smartphone L costs 6,480 and M 4,200 a month: 16 of 31 days are cheaper by 6,480 × 15/31 + 4,200 × 16/31 − 6,480.
    const base = made.lines.find(({ charge, why }) => charge === 'base' && why.code === 'line.correction');
    expect(base?.servicePeriod).toEqual({ start: '2026-10-01', end: '2026-11-01' });
    const { lines: own } = (await billOf('00000007', november)).bill;
    const whole = Number(own.find(({ charge }) => charge === 'base')?.amount);
    const after = Number(
      made.lines.find(({ charge, why }) => charge === 'base' && why.code !== 'line.correction')?.amount,
    );
    expect(Number(base?.amount)).toBe(Math.floor((whole * 15) / 31) + Math.floor((after * 16) / 31) - whole);
  });

  it('leaves a customer of whom nothing has changed alone, and does not look at closed months again', async () => {
    const { id, bill: made } = await billOf('00000007', november);
    expect(corrections(made)).toEqual([]);
    expect((await documentOfBill(id)).billed).toBeUndefined();
    expect((await documentOfBill((await billOf('00000005', november)).id)).billed).toBeUndefined();
  });

  it('bills the price that was agreed, and what it makes of the month that was closed before', async () => {
    const { bill: made } = await billOf('00000002', november);
    const { bill: list } = await billOf('00000007', november);
    const amount = ({ lines: all }: Bill, code: string): number =>
      Number(
        all.find(
          ({ charge, why }) => charge === 'base' && (why.code === 'line.correction') === (code === 'line.correction'),
        )?.amount,
      );
    expect(amount(made, 'line')).toBe((amount(list, 'line') * 80) / 100);
    expect(amount(made, 'line.correction')).toBe((amount(list, 'line') * -20) / 100);
  });

  it('adds what was adjusted, and not what was taken back, declined or never granted', async () => {
    const adjusted = async (number: string): Promise<string[]> =>
      (await billOf(number, november)).bill.lines
        .filter(({ why }) => why.code === 'line.adjustment')
        .map(({ charge, amount }) => `${charge} ${amount}`);
    expect(await adjusted('00000003')).toEqual(['sorry -500']);
    expect(await adjusted('00000004')).toEqual(['right 300']);
    expect(await adjusted('00000006')).toEqual([]);
  });

  it('knows the order behind a change, so that campaigns answer it', async () => {
    const changed = await documentOfBill((await billOf('00000005', november)).id);
    expect(changed.products[0]?.history).toEqual([
      { from: '2026-11-01', offering: 'smartphone-m', event: 'planChange', appliedOn: '2026-10-25' },
    ]);
    const other = await documentOfBill((await billOf('00000006', november)).id);
    expect(other.products[0]?.history).toEqual([{ from: '2026-11-01', offering: 'smartphone-m' }]);
    const off = async (number: string): Promise<string[]> =>
      (await billOf(number, november)).bill.lines.flatMap(({ charge, amount }) =>
        charge === 'upgrade-off' ? [amount] : [],
      );
    expect(await off('00000005')).toEqual(['-700']);
    expect(await off('00000006')).toEqual([]);
  });

  it.each(['00000001', '00000002', '00000003', '00000004', '00000005', '00000007'])(
    'bills %s what the price of the same document is, and explains every line of it',
    async (number) => {
      const { id, bill: made } = await billOf(number, november);
      const document = await documentOfBill(id);
      const { release } = await withScope(app, people.operator, async (tx) => {
        const stored = await storedBill(tx, id);
        return frameOf(tx, people.tenantId, stored.cycleId, app.keys.publicKey);
      });
      expect(bill(document, release).bills.filter(({ account }) => account === made.account)).toEqual([made]);
      for (const { id: lineId, amount } of made.lines)
        expect((await explainLine(app, people.operator, { billId: id, lineId })).line.amount).toBe(amount);
    },
  );
});

describe('an agreement', () => {
  const agreement = { id: 'AG-9', charge: 'base', valid: { from: '2027-01-01', to: null }, price: { pinned: '3000' } };
  const agree = (more: object, by = people.billingManager) =>
    agreePrice(app, by, { customer: 'C-00000007', agreement: { ...agreement, ...more } as never, reason: '更新' });

  it.each([
    ['charge-not-agreeable', { charge: 'no-such' }],
    ['product-unknown', { product: 'P-00000001' }],
    ['not-in-form', { price: { pinned: '-1' } }],
    ['not-in-form', { valid: { from: '2027-02-30', to: null } }],
  ])('is refused with %s: %j', async (code, more) => {
    await expect(agree(more)).rejects.toMatchObject({ code });
  });

  it('is asked for by one, granted by another, never overlaps, and ends on a day or as if it had never been', async () => {
    await expect(agree({}, people.auditor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      agreePrice(app, people.operator, { customer: 'C-00000007', agreement: agreement as never, reason: ' ' }),
    ).rejects.toMatchObject({ code: 'reason-missing' });
    const own = await agree({});
    const grant = ({ concession }: { concession: string }, by = people.billingManager) =>
      grantConcession(app, by, { concession });
    await expect(grant(own)).rejects.toMatchObject({ code: 'concession-same-person' });
    await expect(grant(own, people.operator)).rejects.toMatchObject({ code: 'forbidden' });
    await declineConcession(app, people.billingManager, own);
    await expect(grant(own)).rejects.toMatchObject({ code: 'concession-decided' });
    await grant(await agree({}, people.operator));
    const overlapping = await agree({ id: 'AG-10', valid: { from: '2028-01-01', to: null } }, people.operator);
    await expect(grant(overlapping)).rejects.toMatchObject({
      code: 'agreement-overlaps',
      values: { agreement: 'AG-9' },
    });
    const end = { customer: 'C-00000007', agreement: 'AG-9', reason: '解消' };
    await expect(endAgreement(app, people.billingManager, { ...end, from: '2027-01-01' })).rejects.toMatchObject({
      code: 'agreement-not-then',
    });
    await endAgreement(app, people.billingManager, { ...end, from: '2028-01-01' });
    await grant(overlapping);
    const shown = async (): Promise<unknown> =>
      (await termsOfCustomer(app, people.auditor, { customerId: 'C-00000007' })).agreements.map(
        ({ id, from, to, price }) => [id, from, to, price],
      );
    expect(await shown()).toEqual([
      ['AG-10', '2028-01-01', null, { pinned: '3000' }],
      ['AG-9', '2027-01-01', '2028-01-01', { pinned: '3000' }],
    ]);
    // Withdrawn it is as it was granted: by two.
    const withdrawn = await endAgreement(app, people.operator, end);
    expect(await shown()).toHaveLength(2);
    const { waiting } = await termsOfCustomer(app, people.auditor, { customerId: 'C-00000007' });
    expect(waiting).toMatchObject([{ kind: 'withdrawal', terms: { id: 'AG-9', of: 'agreement' } }]);
    await expect(grant({ concession: withdrawn.concession! }, people.operator)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await grant({ concession: withdrawn.concession! });
    expect(await shown()).toEqual([['AG-10', '2028-01-01', null, { pinned: '3000' }]]);
    const { rows } = await auditLog(app, people.auditor, { object: 'customer/C-00000007' });
    expect(rows.map(({ action }) => action).toReversed()).toEqual([
      ...['concession.asked', 'concession.declined', 'concession.asked', 'concession.granted'],
      ...['concession.asked', 'agreement.ended', 'concession.granted', 'concession.asked', 'concession.granted'],
    ]);
  });

  it('is taken back at once where it took something off, and by two where it was a charge', async () => {
    const enter = (id: string, amount: string) => ({
      customer: 'C-00000007',
      adjustment: {
        ...{ id, account: 'A-00000007', on: '2026-11-10', amount, taxCategory: 'standard' as const },
        name: { ja: '調整', en: 'Adjustment' },
      },
      reason: '試し',
    });
    const back = (adjustment: string, by = people.billingManager) =>
      takeBackAdjustment(app, by, { customer: 'C-00000007', adjustment, reason: '誤り' });
    await granted(await adjustAccount(app, people.operator, enter('off', '-100')));
    await adjustAccount(app, people.billingManager, enter('charge', '100'));
    await expect(back('off', people.operator)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await back('off')).toEqual({ adjustment: 'off', concession: null });
    const { concession } = await back('charge');
    await expect(grantConcession(app, people.billingManager, { concession: concession! })).rejects.toMatchObject({
      code: 'concession-same-person',
    });
    await declineConcession(app, people.billingManager, { concession: concession! });
    const { adjustments } = await termsOfCustomer(app, people.auditor, { customerId: 'C-00000007' });
    expect(adjustments.map(({ id }) => id)).toEqual(['charge']);
    await granted(await back('charge', people.operator));
    expect((await termsOfCustomer(app, people.auditor, { customerId: 'C-00000007' })).adjustments).toEqual([]);
    await expect(back('charge')).rejects.toMatchObject({ code: 'fact-unknown' });
  });
});
