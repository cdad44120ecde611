/** Does a large usage file show how far it is, and is it left out whole when one stops it or goes away? (How one comes in is in month.test.ts.) */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { expectSound, picture, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser;
let operator: Walk;

beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  browser = await launchChromium();
  operator = await walkAs(browser, kanade, 'operator');
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

/** Of nobody's numbers, and large enough to be met on its way. */
const large = Buffer.from(
  [
    'record_id,msisdn,type,amount,started_at',
    ...Array.from({ length: 60_000 }, (_, index) => `LARGE-${process.pid}-${index},07000000000,SMS,1,20261103120000`),
    '',
  ].join('\n'),
);

async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'ファイルを取り込む' }).click();
  await page.getByLabel('形式', { exact: true }).selectOption({ label: 'パケット・SMS 実績' });
  const file = { name: 'large.csv', mimeType: 'text/csv', buffer: large };
  await page.getByLabel('ファイル', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: '取り込む', exact: true }).click();
  await page.getByText('行を読み取っています').waitFor();
}

it('tells which step it is at, is stopped, keeps nothing, and leaves the form as it was filled in', async () => {
  const { page } = operator;
  await operator.open('/usage');
  await begin(page);
  const bar = page.getByRole('progressbar', { name: 'large.csv の取り込み' });
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(20);
  await page.getByText('5 段階中 2').waitFor();
  await expectSound(page);
  await picture(page, 'import-under-way');
  await page.getByRole('button', { name: '中止' }).click();
  await page.getByText('取り込みを中止しました。large.csv の内容は残っていません。').waitFor();
  const chosen = page.getByLabel('ファイル', { exact: true });
  expect(await chosen.evaluate((input: HTMLInputElement) => input.files?.[0]?.name)).toBe('large.csv');
  await operator.open('/usage?q=large.csv');
  expect(await page.getByRole('row', { name: /large\.csv/ }).count()).toBe(0);
  expect(operator.complaints()).toEqual([]);
});

it('is stopped too when one goes to another page, which then says so', async () => {
  const { page } = operator;
  await operator.open('/usage');
  await begin(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'エラー明細' }).click();
  await page.waitForURL(/\/usage\/rejects/);
  await page.getByText('取り込みを中止しました。large.csv の内容は残っていません。').waitFor();
  expect(operator.complaints()).toEqual([]);
});
