/** Does what is ordered for a customer come onto the timeline and the next bill, and what is nonsense not (申込み)? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { listOrders } from '#runtime/services/list-orders.ts';
import { placeOrder, undoOrder, type OrderPlaced } from '#runtime/services/place-order.ts';
import { previewOrder } from '#runtime/services/preview-order.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { words } from '#schemas/messages/render.ts';
import type { OrderedChange, ProductOrder } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, TODAY, tried } from '../../support/households.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
let november: string;

/** Smartphone L since September; October is closed, today is 25 November 2026. Each rule has a customer of its own. */
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(
    app,
    Array.from({ length: 9 }, (_, index) =>
      subscriber(`0000000${index + 1}`, { offering: 'smartphone-l', from: '2026-09-01' }),
    ),
  );
  await billed(app, people, '2026-10');
}, 120_000);
afterAll(() => app.close());

const C = (n: number): string => `C-0000000${n}`;
const P = (n: number): string => `P-0000000${n}`;

const order = (
  n: number,
  from: string | undefined,
  changes: readonly OrderedChange[],
  more: Partial<ProductOrder> = {},
) =>
  placeOrder(app, people.operator, {
    customerId: C(n),
    order: { ...(from !== undefined && { from }), changes: [...changes], ...more },
    reason: '電話でのお申込み',
  });

async function ordered(...given: Parameters<typeof order>): Promise<OrderPlaced> {
  const found = await order(...given);
  if ('refusals' in found) throw new Error(JSON.stringify(found.refusals));
  return found;
}

/** The stretches that are known now: from, offering, status. */
const stretches = (product: string): Promise<string[]> =>
  withScope(app, people.operator, async (tx) =>
    (
      await tx.sql<{ said: string }>(
        `select concat_ws(' ', valid_from, coalesce(valid_to::text, '…'), offering, status, end_reason) as said
         from product_history where product_id = $1 and known_to is null order by valid_from`,
        [product],
      )
    ).map(({ said }) => said),
  );

/** When the contract document was received, on record with each stretch. */
const receivedOn = (product: string): Promise<(string | null)[]> =>
  withScope(app, people.operator, async (tx) =>
    (
      await tx.sql<{ received: string | null }>(
        `select document_received_on as received from product_history where product_id = $1 and known_to is null order by valid_from`,
        [product],
      )
    ).map(({ received }) => received),
  );

const corrections = async (n: number, cycleId: string): Promise<string[]> => {
  const { rows } = await listBills(app, people.operator, { cycleId, account: `A-0000000${n}` });
  const { bill } = await showBill(app, people.operator, { billId: rows[0]!.id });
  return bill.lines.filter(({ why }) => why.code === 'line.correction').map(({ amount }) => amount);
};

describe('what is ordered', () => {
  it('holds from its day on, before and after side by side until it is placed', async () => {
    const changes: OrderedChange[] = [{ kind: 'changeOffering', product: P(1), offering: 'smartphone-m' }];
    const preview = await previewOrder(app, people.operator, {
      customerId: C(1),
      order: { from: '2026-12-01', changes },
      months: 2,
    });
    // Smartphone L is 6,480 and M 4,200 a month: 2,280 less, and 228 of tax.
    expect('months' in preview && preview.months.map(({ difference }) => difference)).toEqual(['-2508', '-2508']);
    expect(await stretches(P(1))).toEqual(['2026-09-01 … smartphone-l active']);
    expect(await listOrders(app, people.auditor, { customerId: C(1) })).toEqual([]);

    const { order: id, products } = await ordered(1, undefined, changes);
    expect(products).toEqual([P(1)]);
    expect(await stretches(P(1))).toEqual([
      '2026-09-01 2026-12-01 smartphone-l active',
      '2026-12-01 … smartphone-m active',
    ]);
    const [listed] = await listOrders(app, people.auditor, { customerId: C(1) });
    expect(listed).toMatchObject({
      id,
      from: '2026-12-01',
      appliedOn: '2026-11-25',
      placedBy: 'operator',
      billedIn: null,
    });
  });

  it('may be added, suspended and resumed, and shows on the timeline', async () => {
    const { products } = await ordered(2, '2026-11-10', [
      { kind: 'addProduct', offering: 'data-sim', identifier: '070-9999-0002', documentReceivedOn: '2026-11-12' },
    ]);
    expect(products).toEqual(['P-00000002-1']);
    await ordered(2, '2026-11-15', [{ kind: 'suspendProduct', product: P(2) }]);
    await ordered(2, '2026-11-20', [{ kind: 'resumeProduct', product: P(2) }]);
    const { lanes } = await showCustomer(app, people.operator, { customerId: C(2) });
    const lane = lanes.find(({ product }) => product === P(2))!;
    expect(lane.changes.map(({ on, sentence }) => `${on} ${sentence.code}`)).toEqual([
      '2026-09-01 contract.started',
      '2026-11-15 contract.suspended',
      '2026-11-20 contract.resumed',
    ]);
    expect(lanes.find(({ product }) => product === 'P-00000002-1')?.startsOn).toBe('2026-11-10');
    expect(await receivedOn('P-00000002-1')).toEqual(['2026-11-12']);
  });

  it('reaches back into a closed month as a difference on the next bill', async () => {
    // October is 15 days of Smartphone L and 16 of M instead of 6,480: 6,480 × 15 ÷ 31 = 3,135 and 4,200 × 16 ÷ 31 = 2,167.
    // Half of it was free: 1,567 and 1,083 now, 3,240 then.
    await ordered(3, '2026-10-16', [{ kind: 'changeOffering', product: P(3), offering: 'smartphone-m' }]);
    const preview = await previewOrder(app, people.operator, {
      customerId: C(4),
      order: { from: '2026-10-16', changes: [{ kind: 'changeOffering', product: P(4), offering: 'smartphone-m' }] },
      months: 1,
    });
    await ordered(8, '2026-11-11', [{ kind: 'suspendProduct', product: P(8) }]);
    november = await tried(app, people, '2026-11');
    expect(await corrections(3, november)).toEqual(['-1178', '590']);
    const { rows } = await listBills(app, people.operator, { cycleId: november, account: 'A-00000003' });
    expect('months' in preview && preview.months[0]!.after.total).toBe(rows[0]!.total);
  });

  it('is refused where it is nonsense, with place and remedy', async () => {
    const codes = async (from: string, change: OrderedChange, more: Partial<ProductOrder> = {}): Promise<string> => {
      const found = await order(5, from, [change], more);
      if (!('refusals' in found)) return 'placed';
      for (const { code, values } of found.refusals) expect(words('ja').render(code, values)).not.toContain('{');
      return found.refusals.map(({ code, path }) => `${path} ${code.replace('simulation.refused.', '')}`).join();
    };
    expect(await codes('2026-08-01', { kind: 'endProduct', product: P(5) })).toBe('/changes/0 not-held');
    expect(await codes('2026-12-01', { kind: 'endProduct', product: 'P-9' })).toBe('/changes/0 product-unknown');
    expect(await codes('2026-12-01', { kind: 'addProduct', offering: 'no-such' })).toBe('/changes/0 offering-unknown');
    expect(await codes('2026-12-01', { kind: 'resumeProduct', product: P(5) })).toBe('/changes/0 not-suspended');
    expect(await codes('2026-12-01', { kind: 'addProduct', offering: 'data-sim', product: P(5) })).toBe(
      '/changes/0 product-exists',
    );
    expect(await codes('2026-12-01', { kind: 'changeOffering', product: P(5), offering: 'smartphone-l' })).toBe(
      '/changes/0 same-offering',
    );
    expect(await stretches(P(5))).toEqual(['2026-09-01 … smartphone-l active']);
  });

  it.each([
    ['an application of tomorrow', { appliedOn: '2026-11-26' }, 'order-applied-later'],
    ['a day that does not exist', { from: '2026-11-31' }, 'not-in-form'],
    ['a day ten years on', { from: '2036-11-01' }, 'order-too-far-ahead'],
    ['a change of no kind', { changes: [{ kind: 'giveAway' } as never] }, 'not-in-form'],
    [
      'a number that another line has',
      { changes: [{ kind: 'addProduct', offering: 'data-sim', identifier: '070 00000006' }] },
      'identifier-taken',
    ],
  ] as const)('is refused with %s', async (_what, more, code) => {
    const changes: OrderedChange[] = [{ kind: 'suspendProduct', product: P(5) }];
    const given = { from: '2026-12-01', changes, ...more } as ProductOrder;
    await expect(
      placeOrder(app, people.operator, { customerId: C(5), order: given, reason: '確認' }),
    ).rejects.toMatchObject({ code });
  });

  it('is for those who may: not for a product manager, and not without a reason', async () => {
    const given = {
      customerId: C(5),
      order: { from: '2026-12-01', changes: [{ kind: 'suspendProduct', product: P(5) }] },
    };
    await expect(placeOrder(app, people.productManager, { ...given, reason: 'x' } as never)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(placeOrder(app, people.operator, { ...given, reason: ' ' } as never)).rejects.toMatchObject({
      code: 'reason-missing',
    });
  });
});

describe('an order that is taken back', () => {
  it('leaves everything as it was, its grants and numbers too', async () => {
    const { order: id } = await ordered(6, '2026-12-01', [
      { kind: 'endProduct', product: P(6) },
      { kind: 'addProduct', offering: 'smartphone-m', product: 'P-6-NEW', identifier: '07088880006' },
    ]);
    expect(await stretches(P(6))).toEqual(['2026-09-01 2026-12-01 smartphone-l active customer-request']);
    await undoOrder(app, people.operator, { customerId: C(6), order: id, reason: '思い直し' });
    expect(await stretches(P(6))).toEqual(['2026-09-01 … smartphone-l active']);
    expect(await stretches('P-6-NEW')).toEqual([]);
    const numbers = await withScope(app, people.operator, (tx) =>
      tx.sql(`select identifier, valid_to from product_identifier where product_id in ($1, 'P-6-NEW')`, [P(6)]),
    );
    expect(numbers).toEqual([{ identifier: '07000000006', valid_to: null }]);
    await expect(
      undoOrder(app, people.operator, { customerId: C(6), order: id, reason: 'もう一度' }),
    ).rejects.toMatchObject({ code: 'order-unknown' });
  });

  it('must be the last of its product', async () => {
    const { order: first } = await ordered(7, '2026-12-01', [{ kind: 'suspendProduct', product: P(7) }]);
    const { order: second } = await ordered(7, '2026-12-11', [{ kind: 'resumeProduct', product: P(7) }]);
    const undo = (id: string) => undoOrder(app, people.operator, { customerId: C(7), order: id, reason: '誤り' });
    await expect(undo(first)).rejects.toMatchObject({ code: 'order-built-on', values: { product: P(7) } });
    await undo(second);
    await undo(first);
    expect(await stretches(P(7))).toEqual(['2026-09-01 … smartphone-l active']);
  });

  it('must not have been billed in a closed month', async () => {
    const [listed] = await listOrders(app, people.operator, { customerId: C(8) });
    const { id } = listed!;
    await closeCycle(app, people.billingManager, { cycleId: november });
    expect(await listOrders(app, people.operator, { customerId: C(8) })).toMatchObject([{ billedIn: '2026-11' }]);
    await expect(
      undoOrder(app, people.operator, { customerId: C(8), order: id, reason: '誤り' }),
    ).rejects.toMatchObject({ code: 'order-billed', values: { order: id, month: '2026-11' } });
  });
});
