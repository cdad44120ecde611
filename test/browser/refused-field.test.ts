/** Is one told by the label of the field what a form has wrong, and does one go on right there? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { walkAs } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser;

beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

it.each([
  ['ja', '区分', '確認へ進む', '区分：70 文字あります。上限は 64 文字です。'],
  ['en', 'Segment', 'Look at the change', 'Segment: The text has 70 characters; at most 64 are possible.'],
] as const)('in %s, beside the field and with the focus in it', async (locale, label, button, sentence) => {
  const { page, open, close } = await walkAs(browser, kanade, 'operator', { locale });
  await open('/customers');
  await page.locator('main tbody th a').first().click();
  await page.waitForURL(/\/customers\/[^/]+$/);
  await open(`${new URL(page.url()).pathname}/change`);
  const segment = page.getByLabel(label);
  // The browser lets nobody type so much; who goes around it is told by the server.
  await segment.evaluate((input) => input.removeAttribute('maxlength'));
  await segment.fill('x'.repeat(70));
  await page.getByRole('button', { name: button }).click();
  await page.getByText(sentence).waitFor();
  expect(await segment.getAttribute('aria-invalid')).toBe('true');
  expect(await segment.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await page.locator('main').innerText()).not.toContain('/standing');
  await close();
});
