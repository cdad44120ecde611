/** What would this customer pay in the months to come, as things are, and if something changed (料金シミュレーション)? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { makeCoupons } from '#runtime/services/coupons.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { simulateChange, type ChangesToSimulate } from '#runtime/services/simulate-change.ts';
import { simulationChoices } from '#runtime/services/simulate-change-choices.ts';
import { simulationInput, type SimulationInput } from '#runtime/services/simulation-input.ts';
import { rulesetsThatMatter } from '#runtime/simulation/rulesets-that-matter.ts';
import { billsOf, type Simulation } from '#runtime/simulation/simulate.ts';
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { billed, households, TODAY, tried } from '../../support/households.ts';
import { mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => TODAY) });
  people = await mobileOperator(app, households);
  await billed(app, people, '2026-09');
  await billed(app, people, '2026-10');
  await tried(app, people, '2026-11');
}, 180_000);
afterAll(() => app.close());

const input = async (customerId: string, months?: number): Promise<SimulationInput> => {
  const found = await simulationInput(app, people.productManager, {
    customerId,
    ...(months !== undefined && { months }),
  });
  if ('problem' in found) throw new Error(found.problem.code);
  return found;
};

/** A comparison of C-000001, who holds a two-year term, internet at half price until February 2027, and the set. */
const tryOn = async (changes: ChangesToSimulate['changes'], from = '2026-12-01'): Promise<Simulation> => {
  const found = await simulateChange(app, people.operator, { customerId: 'C-000001', changes, from });
  if (!('months' in found)) throw new Error(JSON.stringify(found));
  return found;
};

/** The sentences in Japanese, which every code has words for. */
const said = ({ sentences }: Pick<Simulation, 'sentences'>): string[] => {
  for (const locale of locales) for (const { code } of sentences) expect(words(locale).has(code), code).toBe(true);
  return sentences.map(({ code, values }) => words('ja').render(code, values));
};

describe('the simulator’s customer', () => {
  it('comes to what the cycle bills', async () => {
    const { document, rulesets, currency, month } = await input('C-000003', 1);
    expect([currency, month, document.periods]).toEqual(['JPY', '2026-11', { first: '2026-11', last: '2026-11' }]);
    const { bills } = bill(document, prepareRelease(rulesets));
    const stored = await showBill(app, people.operator, { billId: 'A-000003-2026-11-01-regular-1' });
    expect(bills).toEqual([stored.bill]);
  });

  it('has three months from the current one on, the rulesets in force, and says what is assumed', async () => {
    const { document, rulesets, areAllRulesets, assumptions, release } = await input('C-000001');
    expect(document.periods).toEqual({ first: '2026-11', last: '2027-01' });
    expect([rulesets.length, areAllRulesets, release]).toEqual([54, true, 1]);
    expect(assumptions.map(({ code, values }) => words('ja').render(code, values))).toEqual([
      '利用実績がないため、2026年11月 以降の利用は 0 として計算しています。',
      '料金は、公開済みのルール（リリース 1）が続くものとして計算しています。',
    ]);
  });

  it('repeats the usage of the last whole month, on the corresponding days', async () => {
    await withCycle(app, (tx) =>
      tx.sql(
        `insert into usage_record (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number)
         select g.tenant_id, g.shard, 'use-' || n, g.id, 'P-5-1', 'sms.messages', moment, 1, '{}', gen_random_uuid(), n
         from billing_group g, unnest(array[timestamp '2026-10-31 09:30', '2026-10-05 10:00', '2026-11-03 11:00']) with ordinality as use (moment, n)
         where g.tenant_id = $1 and g.id = 'G-000005'`,
        [people.tenantId],
      ),
    );
    const { document, assumptions } = await input('C-000005', 2);
    // What came in after October was closed is not billed yet; November's own two days are left for a whole typical month.
    expect(document.usage?.map(({ startedAt }) => startedAt).toSorted()).toEqual([
      '2026-10-05T10:00:00',
      '2026-10-31T09:30:00',
      '2026-11-05T10:00:00',
      '2026-11-30T09:30:00',
      '2026-12-05T10:00:00',
      '2026-12-31T09:30:00',
    ]);
    expect(assumptions[0]).toEqual({
      code: 'simulation.assumed.usage',
      values: { first: '2026-11', month: '2026-10', records: '2' },
    });
  });

  it('comes to the same month by month as in one go', async () => {
    const { document, rulesets } = await input('C-000005', 12);
    const release = prepareRelease(rulesets);
    expect(billsOf(document, release, 31)).toEqual(bill(document, release).bills);
  });

  it('can be billed with those rulesets alone that its bills ask for', async () => {
    const { document, rulesets } = await input('C-000001', 24);
    const release = prepareRelease(rulesets);
    const few = rulesetsThatMatter(release, document, 0);
    expect(few.areAll).toBe(false);
    expect(few.rulesets.length).toBeLessThan(20);
    expect(bill(document, prepareRelease(few.rulesets))).toEqual(bill(document, release));
  });

  it('is refused for nonsense, and to who only manages people', async () => {
    await expect(input('C-000001', 0)).rejects.toMatchObject({ code: 'simulation-months', status: 422 });
    await expect(input('C-000001', 37)).rejects.toMatchObject({ code: 'simulation-months' });
    await expect(input('C-999999')).rejects.toMatchObject({ code: 'customer-unknown' });
    await expect(simulationInput(app, people.administrator, { customerId: 'C-000001' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      simulationInput(app, people.operator, { customerId: 'C-000001', account: 'A-9' }),
    ).rejects.toMatchObject({ code: 'simulation-account-unknown' });
  });
});

describe('leaving a two-year term for Smartphone L', () => {
  let moved: Simulation;
  beforeAll(async () => {
    moved = await tryOn([{ kind: 'changeOffering', product: 'P-1-1', offering: 'smartphone-l' }]);
  });

  it('owes the penalty on the eve, and a handling fee, and the dearer plan from then on', () => {
    // November: 2,700 − 500 + 2,400 = 4,600, 5,060 with tax; the penalty of 2,200 is outside the tax.
    expect(moved.months[0]).toMatchObject({
      month: '2026-11',
      before: { total: '5060' },
      after: { total: '7260' },
      difference: '2200',
    });
    // December: 6,480 + 3,000 − 500 + 2,400 = 11,380, 12,518 with tax.
    expect(moved.months[1]).toMatchObject({
      month: '2026-12',
      before: { total: '5060' },
      after: { net: '11380', tax: '1138', total: '12518' },
      cumulative: '9658',
    });
    // Two years on: 2,700 less 5 % less 500 and 4,800; against 6,480 less 5 % less 500 and 4,800.
    expect(moved.months.at(-1)).toMatchObject({
      month: '2028-11',
      before: { total: '7551' },
      after: { total: '11501' },
    });
    expect(moved.months).toHaveLength(25);
  });

  it('says so', () => {
    expect(said(moved)).toEqual([
      expect.stringMatching(/^25 か月の合計は [\d,]+ 円高くなります/),
      '「2 年契約」（2028/1/31 まで）を途中で終える変更です。今の契約を終了し、新しい契約として計算しています。',
      '最初に変わるのは 2026年11月 の請求で、5,060 → 7,260 円（税込）です。',
      '落ち着いたあとの月額は 7,551 → 11,501 円（2028年11月、税込）です。',
      '2026年11月 に「2 年契約の契約解除料」2,200 円がかかります。',
      '2026年12月 に「契約事務手数料」3,000 円がかかります。',
      expect.stringMatching(/^「長期ご利用割引」の割引が合計 [\d,]+ 円増えます。$/),
    ]);
  });

  it('adds up: months to totals, charges to the net', () => {
    const sum = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + BigInt(text), 0n);
    expect(sum(moved.months.map(({ after }) => after.total))).toBe(BigInt(moved.totals.after.total));
    expect(sum(moved.months.map(({ difference }) => difference))).toBe(BigInt(moved.totals.difference));
    expect(sum(moved.charges.map(({ difference }) => difference))).toBe(
      BigInt(moved.totals.after.net) - BigInt(moved.totals.before.net),
    );
    expect(moved.months.at(-1)!.cumulative).toBe(moved.totals.difference);
  });
});

describe('other changes', () => {
  it('ending the internet breaks the set: 500 a month more on the telephone', async () => {
    const ended = await tryOn([{ kind: 'endProduct', product: 'P-1-2' }]);
    // 2,700 and tax instead of 5,060.
    expect(ended.months[0]).toMatchObject({ month: '2026-12', before: { total: '5060' }, after: { total: '2970' } });
    expect(ended.months).toHaveLength(24);
    expect(said(ended)).toContain('「スマホ・光セット割」の割引 合計 12,000 円がなくなります。');
  });

  it('a second line by day in its first month, at half price for two', async () => {
    const added = await tryOn([{ kind: 'addProduct', offering: 'data-sim' }], '2026-12-10');
    // 300 × 22 ÷ 31 is 212; half of it 106, which the set takes off too. 3,000 to begin.
    expect(added.months[0]).toMatchObject({ month: '2026-12', difference: '3300' });
    expect(said({ sentences: added.assumptions })).toContain('追加する「データ SIM」は、利用 0 として計算しています。');
  });

  it('a campaign: 1,000 off for three months, and then no more', async () => {
    const { codes } = await makeCoupons(app, people.productManager, { campaign: 'switch-and-save', count: 1 });
    const granted = await tryOn([
      { kind: 'grantCampaign', product: 'P-1-1', campaign: 'switch-and-save', coupon: codes[0]! },
    ]);
    expect(granted.totals.difference).toBe('-3300');
    expect(said(granted)).toEqual([
      // 5,060 twice, 4,911 in February with five percent for the second year, then 7,551 for 21 months.
      '24 か月の合計は 3,300 円安くなります（173,602 → 170,302、税込）。',
      '最初に変わるのは 2026年12月 の請求で、5,060 → 3,960 円（税込）です。',
      '「プラン変更応援割」で合計 3,000 円割引されます。',
      '「プラン変更応援割」は 2027年2月 の請求で終わります。',
    ]);
  });

  it('leaves usage with whoever has the contract on the day', async () => {
    const found = await simulateChange(app, people.operator, {
      customerId: 'C-000005',
      changes: [{ kind: 'endProduct', product: 'P-5-1' }],
      from: '2026-12-16',
      months: 2,
    });
    if (!('months' in found)) throw new Error(JSON.stringify(found));
    // December: 300 for the whole month of the end and the SMS of the 5th, 3; without the one of the 31st.
    expect(found.months).toMatchObject([
      { month: '2026-12', before: { net: '306' }, after: { net: '303' } },
      { month: '2027-01', before: { net: '306' }, after: { net: '0' } },
    ]);
  });
});

describe('what is not allowed', () => {
  it.each([
    [
      { kind: 'changeOffering', product: 'P-1-1', offering: 'smartphone-m-two-year' },
      '2026-12-01',
      '契約 P-1-1 はすでに「スマホ M（2 年契約）」です。',
    ],
    [
      { kind: 'changeOffering', product: 'P-9', offering: 'smartphone-l' },
      '2026-12-01',
      '契約 P-9 はこのお客さまにありません。',
    ],
    [
      { kind: 'changeOffering', product: 'P-1-1', offering: 'smartphone-z' },
      '2026-12-01',
      '商品 smartphone-z は 2026/12/1 に有効ではありません。',
    ],
    [
      { kind: 'addProduct', offering: 'smartphone-m' },
      '2026-12-01',
      '「スマホ M」と「スマホ M（2 年契約）」は同時に契約できません。',
    ],
    [
      { kind: 'addProduct', offering: 'data-sim', account: 'A-9' },
      '2026-12-01',
      '請求先 A-9 はこのお客さまにありません。',
    ],
    [
      { kind: 'endProduct', product: 'P-1-1' },
      '2026-10-15',
      '2026/10/15 はすでに請求済みの期間です。2026/11/1 以降の日を選んでください。',
    ],
    [
      { kind: 'endProduct', product: 'P-1-1' },
      '2026-11-01',
      '2026/11/1 はすでに請求済みの期間です。2026/11/2 以降の日を選んでください。',
    ],
    [{ kind: 'endProduct', product: 'P-1-1' }, '2026-02-30', '2026-02-30 という日はありません。'],
    [
      { kind: 'grantCampaign', product: 'P-1-1', campaign: 'half-price-two-months' },
      '2026-12-01',
      '「2 か月半額キャンペーン」は条件を満たす申込みに自動で適用されます。個別には付与できません。',
    ],
  ] as const)('%j from %s: %s', async (change, from, sentence) => {
    const found = await simulateChange(app, people.operator, { customerId: 'C-000001', changes: [change], from });
    if (!('refusals' in found)) throw new Error('it was allowed');
    expect(said({ sentences: found.refusals })).toEqual([sentence]);
  });
});

it('offers what is on sale today, and says from which day on', async () => {
  const choices = await simulationChoices(app, people.operator, { customerId: 'C-000001' });
  expect(choices).toMatchObject({
    ...{ accounts: ['A-000001'], earliest: '2026-11-01', earliestEnd: '2026-11-02', usual: '2026-12-01' },
    products: [
      { id: 'P-1-1', offering: 'smartphone-m-two-year' },
      { id: 'P-1-2', name: { en: 'Home internet' } },
    ],
    campaigns: [{ id: 'switch-and-save' }],
  });
  expect('offerings' in choices && choices.offerings.map(({ id }) => id)).toContain('smartphone-l');
});

it('proposes the next month that is open once the running month is billed: nothing can end on a day that is', async () => {
  const onTheLastDay = { ...app, clock: clockOf(() => new Date('2026-10-31T00:00:00Z')) };
  const choices = await simulationChoices(onTheLastDay, people.operator, { customerId: 'C-000001' });
  expect(choices).toMatchObject({ earliest: '2026-11-01', earliestEnd: '2026-11-02', usual: '2026-12-01' });
});
