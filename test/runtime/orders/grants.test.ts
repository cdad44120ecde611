/** Are limits, budgets and coupon codes of a campaign (先着、予算、クーポン) kept when orders are taken, also by two at once? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withScope } from '#runtime/db/scope.ts';
import { auditLog } from '#runtime/services/audit-log.ts';
import { importCoupons, makeCoupons } from '#runtime/services/coupons.ts';
import { grantsOfCampaign } from '#runtime/services/grants-of-campaign.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { listGrants } from '#runtime/services/list-grants.ts';
import { listOrders } from '#runtime/services/list-orders.ts';
import { placeOrder, undoOrder } from '#runtime/services/place-order.ts';
import { previewOrder } from '#runtime/services/preview-order.ts';
import { simulateChange } from '#runtime/services/simulate-change.ts';
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import type { CampaignBody, CampaignRuleset, OrderedChange } from '#schemas/generated/types.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, TODAY, tried } from '../../support/households.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

/** 1,000 off for two months, so that one grant costs 2,000 at most. */
const campaign = (id: string, priority: number, more: Partial<CampaignBody>): CampaignRuleset => ({
  kind: 'campaign',
  id,
  version: 1,
  name: { ja: `割引 ${id}`, en: `Offer ${id}` },
  effective: { from: '2026-11-01', to: null },
  reason: 'For this test.',
  body: {
    triggers: ['new'],
    window: { from: '2026-11-01', to: null },
    grant: 'required',
    priority,
    duration: { months: 2, countedFrom: 'start' },
    discounts: [
      {
        id: `${id}-off`,
        name: { ja: '割引', en: 'Off' },
        effect: { op: 'amountOff', amount: '1000' },
        target: { charges: ['base'], services: ['mobile'] },
      },
    ],
    ...more,
  },
});

let app: TestApp;
let people: People;

beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(
    app,
    Array.from({ length: 9 }, (_, index) =>
      subscriber(`0000000${index + 1}`, [{ offering: 'smartphone-m', from: '2026-09-01' }]),
    ),
  );
  const published = await publishRelease(app, people.approver, [
    campaign('three', 201, { limits: { inAll: 3 } }),
    campaign('one-each', 202, { limits: { perCustomer: 1 } }),
    campaign('money', 203, { limits: { budget: { amount: '5000' } } }),
    campaign('word', 204, { limits: { perCustomer: 1 }, coupon: { use: 'shared', code: 'HELLO-2026' } }),
    campaign('codes', 205, { coupon: { use: 'single' } }),
  ]);
  if ('refusal' in published) throw new Error(JSON.stringify(published.refusal));
  await billed(app, people, '2026-10');
}, 120_000);
afterAll(() => app.close());

const grant = (n: number, id: string, coupon?: string): OrderedChange => ({
  kind: 'grantCampaign',
  product: `P-0000000${n}`,
  campaign: id,
  ...(coupon !== undefined && { coupon }),
});
const input = (n: number, changes: readonly OrderedChange[]) => ({
  customerId: `C-0000000${n}`,
  order: { from: '2026-11-01', changes: [...changes] },
  reason: '店頭でのお申込み',
});

/** 'placed', or why not. */
async function ordered(n: number, ...changes: readonly OrderedChange[]): Promise<string> {
  const found = await placeOrder(app, people.operator, input(n, changes));
  if (!('refusals' in found)) return 'placed';
  for (const { code, values } of found.refusals)
    for (const locale of locales) expect(words(locale).render(code, values)).not.toMatch(/[{}]|simulation\./);
  return found.refusals.map(({ code, path }) => `${path} ${code.replace('simulation.refused.', '')}`).join();
}
const counted = async (id: string): Promise<[number, string]> => {
  const { granted, promised } = (await grantsOfCampaign(app, people.productManager, { campaign: id }))!;
  return [granted, promised];
};
const newest = async (n: number): Promise<string> =>
  (await listOrders(app, people.operator, { customerId: `C-0000000${n}` }))[0]!.id;
const undo = async (n: number): Promise<unknown> =>
  undoOrder(app, people.operator, { customerId: `C-0000000${n}`, order: await newest(n), reason: '思い直し' });

describe('a campaign with a limit', () => {
  it('is granted so many times: of orders that come at once, exactly the last grant is given to one', async () => {
    expect(await ordered(1, grant(1, 'three'))).toBe('placed');
    const outcomes = await Promise.all([2, 3, 4, 5].map((n) => ordered(n, grant(n, 'three'))));
    expect(outcomes.filter((each) => each === 'placed')).toHaveLength(2);
    expect(new Set(outcomes)).toEqual(new Set(['placed', '/changes/0 campaign-used-up']));
    expect(await counted('three')).toEqual([3, '6000']);
  });

  it('is granted again after an order was taken back, and a preview takes nothing', async () => {
    expect(await ordered(6, grant(6, 'three'))).toBe('/changes/0 campaign-used-up');
    await undo(1);
    expect(await counted('three')).toEqual([2, '4000']);
    const preview = await previewOrder(app, people.operator, { ...input(6, [grant(6, 'three')]), months: 1 });
    // 1,000 less and 100 of tax in November.
    expect('months' in preview && preview.months.map(({ difference }) => difference)).toEqual(['-1100']);
    expect(await counted('three')).toEqual([2, '4000']);
    expect(await ordered(6, grant(6, 'three'))).toBe('placed');
    const refused = await previewOrder(app, people.operator, { ...input(7, [grant(7, 'three')]), months: 1 });
    expect('refusals' in refused && refused.refusals.map(({ code }) => code)).toEqual([
      'simulation.refused.campaign-used-up',
    ]);
  });

  it('is granted to a customer once, counting what the same order asks for, too', async () => {
    const second: OrderedChange = { kind: 'addProduct', offering: 'smartphone-m', product: 'P-7-2' };
    const both = [grant(7, 'one-each'), second, { ...grant(7, 'one-each'), product: 'P-7-2' } as OrderedChange];
    expect(await ordered(7, ...both)).toBe('/changes/2 campaign-customer-limit');
    expect(await ordered(7, ...both.slice(0, 2))).toBe('placed');
    expect(await ordered(7, both[2]!)).toBe('/changes/0 campaign-customer-limit');
    expect(await ordered(8, grant(8, 'one-each'))).toBe('placed');
  });

  it('is granted while its budget has room: 2,000 set aside for each of two, and 1,000 is too little for a third', async () => {
    expect(await ordered(1, grant(1, 'money'))).toBe('placed');
    const at = await Promise.all([2, 3].map((n) => ordered(n, grant(n, 'money'))));
    expect(at.toSorted()).toEqual(['/changes/0 campaign-budget', 'placed']);
    expect(await counted('money')).toEqual([2, '4000']);
    const { rows } = await listGrants(app, people.auditor, { campaign: 'money' });
    expect(rows.map(({ promised, grantedOn }) => [promised, grantedOn])).toEqual([
      ['2000', '2026-11-01'],
      ['2000', '2026-11-01'],
    ]);
  });

  it('says every reason at once, and writes nothing', async () => {
    const before = await newest(1);
    expect(await ordered(1, grant(1, 'three'), grant(1, 'word'))).toBe(
      '/changes/0 campaign-used-up,/changes/1/coupon coupon-needed',
    );
    expect(await newest(1)).toBe(before);
  });
});

describe('a trial', () => {
  /** The sentences about grants and what the first month is less by, or why nothing can be tried. */
  const outcome = async (...changes: readonly OrderedChange[]): Promise<string[]> => {
    const found = await simulateChange(app, people.productManager, {
      ...{ customerId: 'C-00000009', changes, from: '2026-11-01', appliedOn: '2026-11-01', months: 1 },
    });
    if ('problem' in found) throw new Error(found.problem.code);
    const sentences = 'refusals' in found ? found.refusals : found.sentences;
    const codes = sentences
      .map(({ code }) => code.replace('simulation.', ''))
      .filter((code) => /refused|Grant/.test(code));
    for (const { code, values } of sentences)
      for (const locale of locales) expect(words(locale).render(code, values)).not.toMatch(/[{}]|simulation\./);
    return 'refusals' in found ? codes : [found.months[0]!.difference, ...codes];
  };
  const three = grant(9, 'three');

  it('is not given what is used up, and says so; what else is tried is computed without it', async () => {
    const [before] = await counted('three');
    expect(before).toBe(3);
    expect(await outcome(three)).toEqual(['refused.campaign-used-up']);
    // 1,000 less for `one-each`, and its tax; nothing for `three`.
    expect(await outcome(grant(9, 'one-each'), three)).toEqual(['-1100', 'refused.campaign-used-up', 'withoutGrant']);
    expect(await outcome(grant(9, 'money'))).toEqual(['refused.campaign-budget']);
  });

  it('asks for the code, and takes the right one', async () => {
    expect(await outcome(grant(9, 'word'))).toEqual(['refused.coupon-needed']);
    expect(await outcome(grant(9, 'word', 'goodbye'))).toEqual(['refused.coupon-unknown']);
    expect(await outcome(grant(9, 'word', 'hello 2026'))).toEqual(['-1100']);
    expect(await counted('word')).toEqual([0, '0']);
  });
});

describe('a coupon code', () => {
  it('for all is good however it is typed, and no other word is', async () => {
    expect(await ordered(2, grant(2, 'word', 'hello 2027'))).toBe('/changes/0/coupon coupon-unknown');
    expect(await ordered(2, grant(2, 'word', 'ｈｅｌｌｏ２０２６'))).toBe('placed');
  });

  it('of a list is good for one order, also of two at once, and again when that is taken back', async () => {
    const { codes } = await makeCoupons(app, people.productManager, { campaign: 'codes', count: 3, note: '渋谷店' });
    expect(new Set(codes).size).toBe(3);
    const [first, second] = codes as [string, string];
    expect(first).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/);
    const at = await Promise.all([1, 2].map((n) => ordered(n, grant(n, 'codes', first))));
    expect(at.toSorted()).toEqual(['/changes/0/coupon coupon-used', 'placed']);
    const winner = at[0] === 'placed' ? 1 : 2;
    await undo(winner);
    expect(await ordered(3, grant(3, 'codes', first.toLowerCase().replaceAll('-', '')))).toBe('placed');
    expect(await ordered(4, grant(4, 'codes', 'AAAA-BBBB-CCCC'))).toBe('/changes/0/coupon coupon-unknown');
    expect(await ordered(4, grant(4, 'word', second))).toBe('/changes/0/coupon coupon-unknown');
    const { batches } = (await grantsOfCampaign(app, people.operator, { campaign: 'codes' }))!;
    expect(batches).toMatchObject([{ origin: 'made', note: '渋谷店', codes: 3, used: 1, madeBy: 'productManager' }]);
  });

  it('is nowhere kept as it is: neither in the tables nor with the order nor on record', async () => {
    const { codes } = await makeCoupons(app, people.productManager, { campaign: 'codes', count: 1 });
    expect(await ordered(5, grant(5, 'codes', codes[0]))).toBe('placed');
    const kept = await withScope(app, people.operator, (tx) =>
      tx.sql<{ text: string }>(
        `select to_jsonb(c)::text as text from coupon_code c union all select to_jsonb(o)::text from product_order o
         union all select to_jsonb(a)::text from audit_entry a`,
      ),
    );
    const plain = codes[0]!.replaceAll('-', '');
    expect(kept.filter(({ text }) => text.replaceAll('-', '').includes(plain))).toEqual([]);
    const { rows } = await auditLog(app, people.auditor, { object: 'campaign/codes' });
    expect(rows.map(({ action, details }) => [action, details['codes']])).toEqual([
      ['coupon.made', 1],
      ['coupon.made', 3],
    ]);
  });

  it('comes from elsewhere, too: known ones are left, what is no code is refused with its line', async () => {
    const imported = await importCoupons(app, people.productManager, {
      campaign: 'codes',
      text: '\uFEFFWINTER-0001,a\r\n"WINTER-0002",b\r\n\r\nwinter0001\r\n',
    });
    expect(imported).toMatchObject({ added: 2, known: 0 });
    expect(await ordered(6, grant(6, 'codes', 'winter 0002'))).toBe('placed');
    await expect(
      importCoupons(app, people.productManager, { campaign: 'codes', text: 'WINTER-0001\nWINTER-0002' }),
    ).rejects.toMatchObject({ code: 'coupons-known' });
    await expect(
      importCoupons(app, people.productManager, { campaign: 'codes', text: 'WINTER-0003\nshort' }),
    ).rejects.toMatchObject({ code: 'coupon-not-a-code', values: { line: 2 } });
    await expect(
      importCoupons(app, people.productManager, { campaign: 'word', text: 'WINTER-0003' }),
    ).rejects.toMatchObject({ code: 'coupon-not-single' });
  });

  it.each([0, 1.5, 10_001, Number.NaN])('is not made %d at a time', async (count) => {
    await expect(makeCoupons(app, people.productManager, { campaign: 'codes', count })).rejects.toMatchObject({
      code: 'coupon-count',
    });
  });

  it('is made by the product manager alone, and never removed', async () => {
    await expect(makeCoupons(app, people.operator, { campaign: 'codes', count: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    for (const statement of ['delete from coupon_code', 'update coupon_batch set codes = 1'])
      await expect(asAdministrator(app.server, statement), statement).rejects.toMatchObject({ code: '23001' });
  });
});

it('a bill takes off what was granted, and nothing for a grant that was taken back', async () => {
  const cycleId = await tried(app, people, '2026-11');
  const totals = await Promise.all(
    [6, 9].map(
      async (n) => (await listBills(app, people.operator, { cycleId, account: `A-0000000${n}` })).rows[0]!.total,
    ),
  );
  // Smartphone M is 4,200: 4,620 with tax; less 1,000 of `three` and 1,000 of `codes`, 2,420.
  expect(totals).toEqual(['2420', '4620']);
});
