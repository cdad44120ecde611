/**
 * Can somebody with a customer on the telephone find them or take them in, see how they stand, and try a change on them, in either language?
 * The customer of the second story has just come: what leaving a two-year term costs is worked out by hand.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { addMonths, firstOfMonth } from '#engine/calendar/civil-date.ts';
import { civilDayOf } from '#runtime/clock/clock.ts';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { expectSound, settled, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

const says = {
  ja: {
    ...{
      panels: ['契約の経過', '請求', 'いま適用されるルール'],
      simulation: 'シミュレーション',
      ended: '解約する契約',
    },
    ...{ from: '変更日', run: '試算', result: '試算の結果', months: /月ごとの請求/, before: '変更前', after: '変更後' },
    ...{ difference: '差', order: '申込み', product: '商品', electricity: 'でんき', look: '料金を確認' },
    ...{
      note: '受付の記録',
      place: '申込みを登録',
      placed: 'でんきの追加',
      undo: '取り消す',
      undoReason: '取り消す理由',
    },
    ...{ undone: '申込みを取り消しました', palette: '顧客', name: '氏名・名称', kana: 'カナ', address: '請求先住所' },
    ...{ enter: '登録', twoYear: 'スマホ M（2 年契約）', penalty: '2 年契約の契約解除料' },
    charges: '料金ごとの差（税抜）',
  },
  en: {
    ...{ panels: ['Contract timeline', 'Bills', 'Rules that apply now'], simulation: 'Simulate a change' },
    ...{ ended: 'Contract to end', from: 'From', run: 'Simulate', result: 'Result', months: /Bill by month/ },
    ...{ before: 'Before', after: 'After', difference: 'Difference', order: 'Order', product: 'Product' },
    ...{ electricity: 'Electricity', look: 'See the price', note: 'Note', place: 'Place the order' },
    ...{
      placed: 'adds Electricity',
      undo: 'Take back',
      undoReason: 'Reason for taking it back',
      undone: 'Taken back',
    },
    ...{ palette: 'Customers', name: 'Name', kana: 'Kana', address: 'Billing address', enter: 'Enter' },
    ...{ twoYear: 'Smartphone M, two-year term', penalty: 'Two-year cancellation fee' },
    charges: 'Difference by charge (before tax)',
  },
} as const;

describe.each(['ja', 'en'] as const)('whoever has a customer on the telephone, in %s', (locale) => {
  const w = says[locale];
  let walk: Walk;
  let page: Page;
  beforeAll(async () => {
    if (browser === undefined) return;
    walk = await walkAs(browser, kanade, 'operator', { locale });
    ({ page } = walk);
  });
  afterAll(() => walk?.close());

  /** Comes to the page, which works by script from then on. */
  const arrived = async (url: RegExp): Promise<void> => {
    await page.waitForURL(url);
    await settled(page);
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).first().click();
  const field = (label: string) => page.getByLabel(label, { exact: true });

  it('finds them in the list, sees contracts, bills and rules, and tries a change', async () => {
    await walk.open('/customers?state=active');
    const link = page.locator('main tbody th a').first();
    const name = await link.innerText();
    await link.click();
    await arrived(/\/customers\/[^/?]+$/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(name);
    for (const heading of w.panels)
      expect(await page.getByRole('heading', { level: 2, name: heading }).count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: w.simulation }).click();
    await arrived(/\/simulate$/);
    await field(w.ended).selectOption({ index: 1 });
    await press(w.run);
    await page.getByRole('heading', { name: w.result }).waitFor();
    expect(await page.getByRole('img', { name: w.months }).count()).toBe(1);
    await expectSound(page);
  });

  it('orders for them, sees the price first, and takes the order back', async () => {
    await walk.open('/customers?state=active');
    await page.locator('main tbody th a').first().click();
    await arrived(/\/customers\/[^/?]+$/);
    await page.getByRole('link', { name: w.order, exact: true }).click();
    await arrived(/\/order$/);
    await field(w.product).selectOption({ label: w.electricity });
    await press(w.look);
    await page.getByRole('heading', { name: w.result }).waitFor();
    await expectSound(page);
    await page.getByLabel(w.note).fill('電話でのお申込み');
    await press(w.place);
    await arrived(/placed=/);
    await page.getByText(w.placed).first().waitFor();
    await page.locator('summary', { hasText: w.undo }).first().click();
    await page.getByLabel(w.undoReason).first().fill('思い直されたため');
    await press(w.undo);
    await page.getByText(w.undone).first().waitFor();
    await expectSound(page);
  });

  it('takes a new one in who takes a two-year term, and tells what leaving after a month would come to over two years', async () => {
    const start = addMonths(firstOfMonth(civilDayOf(new Date(), 'Asia/Tokyo')), 1);
    await walk.open('/customers/new');
    await field(w.name).fill('試算 三郎');
    await field(w.kana).fill('シサン サブロウ');
    await field(w.address).fill('東京都千代田区架空町4-5-6');
    await field(w.note).fill('店頭でのお申込み');
    await press(w.enter);
    await arrived(/\/order$/);
    await field(w.product).selectOption({ label: w.twoYear });
    await field(w.from).fill(start);
    await press(w.look);
    await page.getByLabel(w.note).fill('店頭でのお申込み');
    await press(w.place);
    await arrived(/placed=/);

    await page.getByRole('link', { name: w.simulation }).click();
    await arrived(/\/simulate$/);
    await field(w.ended).selectOption({ index: 1 });
    await field(w.from).fill(addMonths(start, 1));
    await press(w.run);
    await page.getByRole('heading', { name: w.result }).waitFor();
    await settled(page);
    // Half price for the first two months, from the second year on 5 % less: 4,350 and 1,350, then 2,700 ten times and 2,565 thirteen times;
    // with tax 4,785 + 1,485 + 10 × 2,970 + 13 × 2,821. Who leaves pays the first month and one basic fee of 2,700, which is outside the tax.
    for (const [what, amount] of [
      [w.before, '¥72,643'],
      [w.after, '¥7,485'],
      [w.difference, '−¥65,158'],
    ] as const)
      await page
        .locator('dt', { hasText: what })
        .first()
        .locator('xpath=following-sibling::dd[1]')
        .filter({ hasText: amount })
        .waitFor();
    const charges = page.getByRole('table', { name: w.charges });
    expect(await charges.getByRole('row', { name: w.penalty }).getByRole('cell').allInnerTexts()).toEqual([
      '¥0',
      '¥2,700',
      '+¥2,700',
    ]);
    expect(await page.locator('table', { hasText: w.months }).locator('tbody tr').count()).toBe(25);
    expect(walk.complaints()).toEqual([]);
  });

  it('finds a page in the palette with the keyboard alone', async () => {
    await walk.open('/');
    await page.keyboard.press('Control+k');
    await page.locator('[role="combobox"]:focus').fill(w.palette);
    await page.getByRole('option', { name: w.palette, exact: true }).waitFor();
    await page.getByRole('option', { name: w.palette, exact: true }).click();
    await arrived(/\/customers/);
    expect(walk.complaints()).toEqual([]);
  });
});
