/** Does somebody without the demo get to work in one page: operator, closing day, tax, administrator? */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { expectInTime } from './support/in-time.ts';
import { startKanade, type Running } from './support/server.ts';
import { expectSound, picture, settled, walkAs } from './support/walk.ts';

let browser: Browser | undefined;
let kanade: Running | undefined;
beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  [browser, kanade] = await Promise.all([launchChromium(), startKanade('--empty')]);
});
afterAll(() => Promise.all([browser?.close(), kanade?.stop()]));
beforeEach(needsChromium);

describe('the first run', () => {
  it('leads every address to the set-up page, says what is wrong beside the field, and then begins', async () => {
    const { page, complaints, close } = await walkAs(browser!, { url: kanade!.url, password: '' }, null);
    await page.goto(`${kanade!.url}/bills`);
    expect(page.url()).toBe(`${kanade!.url}/welcome`);
    await settled(page);
    await expectSound(page);
    await picture(page, 'welcome-ja');
    await expectInTime(page);
    await settled(page);
    const fill = async (fields: Readonly<Record<string, string>>): Promise<void> => {
      for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
    };
    await fill({
      '名称（日本語）': '試験通信',
      '名称（英語）': 'Trial Telecom',
      '住所（日本語）': '東京都千代田区',
      '住所（英語）': 'Chiyoda, Tokyo',
      登録番号: 'T123',
      氏名: '管理 一郎',
      メールアドレス: 'admin@trial.example',
      パスワード: 'a long enough password',
    });
    await page.getByRole('button', { name: '使い始める' }).click();
    await page.getByText('T に続けて 13 桁の数字を入れてください。').waitFor();
    expect(await page.getByLabel('名称（日本語）').inputValue()).toBe('試験通信');
    await fill({ 登録番号: 'T7000012050002', パスワード: 'a long enough password' });
    await page.getByRole('button', { name: '使い始める' }).click();
    await page.waitForURL(`${kanade!.url}/`);
    await page.getByRole('heading', { name: 'こんにちは、管理 一郎さん' }).waitFor();
    await page.getByText('管理 一郎さんが事業者を登録しました').waitFor();
    await expectSound(page);
    expect((await page.goto(`${kanade!.url}/welcome`))?.status()).toBe(404);
    expect(complaints()).toEqual([]);
    await close();
  });
});
