/** Can each person walk through their workplaces, in Japanese and in English, on every page without a fault? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { walkers, type Walker } from './support/people.ts';
import {
  expectNothingOverTheSide,
  expectReadable,
  expectSound,
  picture,
  settled,
  walkAs,
  type Walk,
} from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

// role                      the rail, in Japanese and in English
const rails: Readonly<Record<Walker, readonly [string, string]>> = {
  productManager: ['ホーム ルール 変更 顧客', 'Home Rulesets Changes Customers'],
  approver: ['ホーム ルール 変更 顧客', 'Home Rulesets Changes Customers'],
  operator: ['ホーム ルール 顧客 利用実績 締め 請求', 'Home Rulesets Customers Usage Cycles Bills'],
  billingManager: ['ホーム ルール 顧客 利用実績 締め 請求', 'Home Rulesets Customers Usage Cycles Bills'],
  auditor: [
    'ホーム ルール 変更 顧客 利用実績 締め 請求 監査',
    'Home Rulesets Changes Customers Usage Cycles Bills Audit',
  ],
  administrator: ['ホーム 監査', 'Home Audit'],
};

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  // What axe finds is the same in either language: all of it is asked in Japanese and light, colours in English and dark; wide and narrow in both.
  const theme = locale === 'ja' ? 'light' : 'dark';
  let walk: Walk;
  beforeAll(async () => {
    if (browser !== undefined) walk = await walkAs(browser, kanade, null, { locale, theme });
  });
  afterAll(() => walk?.close());

  it.each(walkers)('the %s finds their workplaces in the rail, and each opens without a complaint', async (who) => {
    await walk.become(who, locale);
    await walk.open('/');
    const rail = walk.page.getByRole('navigation', { name: locale === 'ja' ? 'メニュー' : 'Main menu' });
    const places = await rail.getByRole('link').allInnerTexts();
    expect(places.join(' ')).toBe(rails[who][locale === 'ja' ? 0 : 1]);
    // Whoever finds a place in either language finds the same behind it: in English one goes everywhere, who sees all there is.
    for (const place of locale === 'ja' || who === 'auditor' ? places : []) {
      await rail.getByRole('link', { name: place, exact: true }).click();
      await rail.locator('[aria-current="page"]').filter({ hasText: place }).waitFor();
      await settled(walk.page);
      expect(await walk.page.getAttribute('html', 'lang')).toBe(locale);
    }
    expect(walk.complaints()).toEqual([]);
  });

  /** Where the first row of a list leads, once somebody went there by it. */
  const firsts = new Map<string, string>();
  /** Goes to the first of a list by way of the list, and says where it is. */
  async function takeFirst(list: string): Promise<string> {
    await walk.open(list);
    await walk.page.locator('main tbody th a').first().click();
    await walk.page.waitForURL((url) => url.pathname.split('/').length > 2);
    const { pathname } = new URL(walk.page.url());
    firsts.set(list, pathname);
    return pathname;
  }

  // A name for the picture; where it is, of the first of a list where it is about a thing; who looks, if not the auditor.
  const pages: [name: string, path: string, who?: Walker][] = [
    ['home', '/'],
    ['search', '/search?q=a'],
    ['rulesets', '/rulesets'],
    ['ruleset', '/rulesets first'],
    ['ruleset-json', '/rulesets first json'],
    ['changes', '/changes'],
    ['customers', '/customers'],
    ['customer', '/customers first'],
    ['customer-new', '/customers/new', 'operator'],
    ['customer-change', '/customers first +change', 'operator'],
    ['customer-order', '/customers first +order', 'operator'],
    ['customer-simulate', '/customers first +simulate', 'operator'],
    ['usage', '/usage'],
    ['rejects', '/usage/rejects'],
    ['cycles', '/cycles'],
    ['cycle', '/cycles first'],
    ['bills', '/bills'],
    ['bill', '/bills first'],
    ['bill-why', '/bills first why'],
    ['bill-template', '/bills first +template'],
    ['audit', '/audit'],
    ['missing', '/nowhere'],
  ];
  it.each(pages)(`%s is sound in ${theme}, wide and narrow`, async (name, path, who = 'auditor') => {
    const { page } = walk;
    await walk.become(who, 'en');
    await page.setViewportSize({ width: 1440, height: 900 });
    const [list = '', first, then] = path.split(' ');
    const here = first !== undefined && !firsts.has(list) ? await takeFirst(list) : '';
    const place = first === undefined ? list : (firsts.get(list) ?? here);
    const address = place + (then?.startsWith('+') === true ? `/${then.slice(1)}` : '');
    if (address !== here) await walk.open(address);
    if (then === 'json') await page.getByRole('link', { name: 'JSON' }).click();
    if (then === 'why') await page.locator('main tbody td a').first().click();
    await settled(page);
    if (locale === 'ja') await expectSound(page);
    else await expectReadable(page);
    await picture(page, `${name}-${locale}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNothingOverTheSide(page);
    await picture(page, `${name}-${locale}-narrow`);
    expect(walk.complaints()).toEqual([]);
  });

  it(`the sign-in page is sound in ${theme}, wide and narrow`, async () => {
    await walk.become(null);
    await walk.page.setViewportSize({ width: 1440, height: 900 });
    await walk.open('/sign-in');
    await expectSound(walk.page);
    await picture(walk.page, `sign-in-${locale}`);
    await walk.page.setViewportSize({ width: 390, height: 844 });
    await expectNothingOverTheSide(walk.page);
    await picture(walk.page, `sign-in-${locale}-narrow`);
    expect(walk.complaints()).toEqual([]);
  });
});

describe('whoever uses the keyboard', () => {
  it('skips to the content, and finds the search with / and Ctrl+K', async () => {
    const walk = await walkAs(browser!, kanade, 'operator');
    await walk.open('/bills');
    await walk.page.keyboard.press('Tab');
    expect(await walk.page.locator(':focus').innerText()).toBe('本文へ移動');
    await walk.page.keyboard.press('Enter');
    expect(await walk.page.evaluate(() => document.activeElement?.id)).toBe('content');
    await walk.page.keyboard.press('/');
    expect(await walk.page.locator(':focus').getAttribute('aria-label')).toBe('顧客名・カナ・番号・請求先で検索');
    await walk.page.keyboard.press('Control+k');
    await walk.page.locator('[role="combobox"][aria-label="全体を検索"]:focus').waitFor();
    await walk.close();
  });

  it('reads at 200 % without scrolling sideways', async () => {
    const walk = await walkAs(browser!, kanade, 'auditor', { at: 'en', width: 720 });
    for (const path of ['/', '/rulesets', '/bills', '/cycles', '/audit']) {
      await walk.open(path);
      await expectNothingOverTheSide(walk.page);
    }
    await walk.close();
  });
});
