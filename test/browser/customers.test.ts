/** Can somebody with a customer on the telephone find them, see how they stand, and try a change on them? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { expectSound, settled, walkAs } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

describe('whoever has a customer on the telephone', () => {
  it('finds them in the list, sees contracts, bills and rules, and tries a change', async () => {
    const walk = await walkAs(browser!, kanade, 'operator');
    const { page } = walk;
    await walk.open('/customers?state=active');
    const link = page.locator('main tbody th a').first();
    const name = await link.innerText();
    await link.click();
    await page.waitForURL(/\/customers\/[^/?]+$/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(name);
    for (const heading of ['契約の経過', '請求', 'いま適用されるルール'])
      expect(await page.getByRole('heading', { level: 2, name: heading }).count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'シミュレーション' }).click();
    await page.waitForURL(/\/simulate$/);
    await page.getByLabel('解約する契約').selectOption({ index: 1 });
    await page.getByRole('button', { name: '試算' }).click();
    await page.getByRole('heading', { name: '試算の結果' }).waitFor();
    expect(await page.getByRole('img', { name: /月ごとの請求/ }).count()).toBe(1);
    await expectSound(page);
    await walk.close();
  });

  it('orders for them, sees the price first, and takes the order back', async () => {
    const walk = await walkAs(browser!, kanade, 'operator');
    const { page } = walk;
    await walk.open('/customers?state=active');
    await page.locator('main tbody th a').first().click();
    await page.waitForURL(/\/customers\/[^/?]+$/);
    await page.getByRole('link', { name: '申込み', exact: true }).click();
    await page.waitForURL(/\/order$/);
    await page.getByLabel('商品', { exact: true }).selectOption({ label: 'でんき' });
    await page.getByRole('button', { name: '料金を確認' }).click();
    await page.getByRole('heading', { name: '試算の結果' }).waitFor();
    await expectSound(page);
    await page.getByLabel('受付の記録').fill('電話でのお申込み');
    await page.getByRole('button', { name: '申込みを登録' }).click();
    await page.waitForURL(/placed=/);
    await page.getByText('でんきの追加').waitFor();
    await page.locator('summary', { hasText: '取り消す' }).first().click();
    await page.getByLabel('取り消す理由').first().fill('思い直されたため');
    await page.getByRole('button', { name: '取り消す' }).first().click();
    await page.getByText('申込みを取り消しました').waitFor();
    await expectSound(page);
    await walk.close();
  });

  it('finds a page in the palette with the keyboard alone', async () => {
    const walk = await walkAs(browser!, kanade, 'operator');
    await walk.open('/');
    await walk.page.keyboard.press('Control+k');
    await walk.page.getByRole('combobox').fill('顧客');
    await walk.page.getByRole('option', { name: '顧客', exact: true }).waitFor();
    await walk.page.getByRole('option', { name: '顧客', exact: true }).click();
    await walk.page.waitForURL(/\/customers/);
    await settled(walk.page);
    expect(walk.complaints()).toEqual([]);
    await walk.close();
  });
});
