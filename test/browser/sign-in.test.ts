/** Does the door open for the right person only, and in the person's own language? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { emailOf } from './support/people.ts';
import { settled, walkAs } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
beforeAll(async () => {
  if (chromiumPath() !== undefined) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

describe('signing in', () => {
  it('takes the person chosen from the demo to the page they asked for, and out again', async () => {
    const { page, complaints, close } = await walkAs(browser!, kanade, null);
    await page.goto(`${kanade.url}/bills?sort=-total`);
    expect(page.url()).toContain('/sign-in?then=');
    await settled(page);
    await page.getByRole('button', { name: '窓口 次郎' }).click();
    expect(await page.getByLabel('メールアドレス').inputValue()).toBe(emailOf('operator', 'ja'));
    expect(await page.getByLabel('パスワード').inputValue()).toBe('');
    await page.getByLabel('パスワード').fill(kanade.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${kanade.url}/bills?sort=-total`);
    await page.getByRole('button', { name: /窓口 次郎さんのメニュー/ }).click();
    await page.getByRole('menuitem', { name: 'サインアウト' }).click();
    await page.waitForURL(`${kanade.url}/sign-in`);
    await page.goto(`${kanade.url}/bills`);
    expect(page.url()).toContain('/sign-in');
    expect(complaints()).toEqual([]);
    await close();
  });

  it('says that e-mail or password is wrong, never which, and keeps the e-mail', async () => {
    const { page, close } = await walkAs(browser!, kanade, null);
    await page.goto(`${kanade.url}/sign-in`);
    for (const email of [emailOf('approver', 'ja'), 'nobody@elsewhere.example']) {
      await page.getByLabel('メールアドレス').fill(email);
      await page.getByLabel('パスワード').fill('not the password');
      await page.getByRole('button', { name: 'サインイン' }).click();
      await page.getByRole('alert').filter({ hasText: 'メールアドレスかパスワードが違います。' }).waitFor();
      expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email);
    }
    await close();
  });

  it('asks to wait after too many attempts from one place', async () => {
    const { page, close } = await walkAs(browser!, kanade, null);
    await page.goto(`${kanade.url}/sign-in`);
    const tooMany = page.getByRole('alert').filter({ hasText: '試行が多すぎます' });
    for (let attempt = 0; attempt < 8 && !(await tooMany.isVisible()); attempt += 1) {
      await page.getByLabel('メールアドレス').fill('nobody@elsewhere.example');
      await page.getByLabel('パスワード').fill('not the password');
      await page.getByRole('button', { name: 'サインイン' }).click();
      await settled(page);
    }
    await tooMany.waitFor();
    await close();
  });
});

describe('language and look', () => {
  it('are changed from any page and remembered', async () => {
    const { page, complaints, close } = await walkAs(browser!, kanade, 'operator');
    await page.goto(`${kanade.url}/rulesets?kind=tax`);
    await settled(page);
    // Of a server that does not answer is told here, and not by the browser in place of the page.
    await page.route('**/preferences', (request) => request.abort());
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('alert').getByText('サーバー').waitFor();
    expect(complaints()).toHaveLength(1);
    await page.unroute('**/preferences');
    await page.getByRole('button', { name: 'English' }).click();
    await page.waitForURL(`${kanade.url}/rulesets?kind=tax`);
    await page.getByRole('heading', { name: 'Rulesets' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await settled(page);
    await page.getByRole('button', { name: /^Menu of/ }).click();
    const remembered = page.waitForResponse((answer) => answer.url().endsWith('/preferences'));
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await remembered;
    await page.goto(`${kanade.url}/cycles`);
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Cycles');
    expect(complaints()).toEqual([]);
    await close();
  });
});

describe('scripts and styles', () => {
  it('travel compressed, as the browser asks for them', async () => {
    const page = await (await fetch(`${kanade.url}/sign-in`)).text();
    const scripts = [...new Set(page.match(/_app\/immutable\/[\w/.-]+\.(?:js|css)/g))];
    expect(scripts.length).toBeGreaterThan(1);
    for (const [asked, given] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const answers = await Promise.all(
        scripts.map((path) => fetch(`${kanade.url}/${path}`, { headers: { 'accept-encoding': asked } })),
      );
      expect(new Set(answers.map(({ headers }) => headers.get('content-encoding')))).toEqual(new Set([given]));
    }
  });
});
