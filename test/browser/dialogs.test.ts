/** Is every question that opens in front of a page as sound as the page? (Those on the way of a month and of a change are looked at there.) */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import type { Walker } from './support/people.ts';
import { expectSound, walkAs } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

async function soundDialogs(page: Page, buttons: readonly string[]): Promise<void> {
  for (const name of buttons) {
    await page.getByRole('main').getByRole('button', { name, exact: true }).first().click();
    await page.getByRole('dialog').waitFor();
    await expectSound(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
}

it.each<readonly [string, string, Walker, readonly string[]]>([
  ['usage', '/usage', 'operator', ['ファイルを取り込む']],
  ['cycles', '/cycles', 'operator', ['締めを開く']],
  ['a campaign with codes', '/rulesets/campaign/switch-and-save', 'productManager', ['コードを作る', '取り込む']],
])('of %s', async (_, path, who, buttons) => {
  const { page, open, complaints, close } = await walkAs(browser, kanade, who, { width: 390 });
  await open(path);
  await soundDialogs(page, buttons);
  expect(complaints()).toEqual([]);
  await close();
});

it('of a customer', async () => {
  const { page, open, complaints, close } = await walkAs(browser, kanade, 'operator', { theme: 'dark' });
  await open('/customers?state=active');
  const customer = await page.locator('main tbody th a').first().getAttribute('href');
  await open(customer!);
  await soundDialogs(page, ['締め日を変える', '価格を取り決める', '請求を調整する']);
  expect(complaints()).toEqual([]);
  await close();
});
