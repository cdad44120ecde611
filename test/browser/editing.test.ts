/**
 * Is a draft safe in its author's hands: taken back step by step whatever view it was written in, kept when the server is away,
 * and held to the cases that the author stands for? Beside it: work that takes long can be stopped, and begun again.
 */
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { take } from './support/take-step.ts';
import { cellAt } from './support/wide-table.ts';
import { settled, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
const ruleset = '/rulesets/campaign/half-price-two-months';
const views = { form: 'フォーム', table: '表', json: 'JSON' } as const;
type View = keyof typeof views;

let browser: Browser | undefined;
let walk: Walk;
let page: Page;
let draftId = '';

beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  browser = await launchChromium();
  walk = await walkAs(browser, kanade, 'productManager');
  ({ page } = walk);
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

const panel = (view: View): Locator => page.getByRole('tabpanel', { name: views[view] });
async function look(view: View): Promise<void> {
  await page.getByRole('tab', { name: views[view], exact: true }).click();
  await panel(view).waitFor();
}
const months = (): Locator =>
  panel('form').getByRole('group', { name: '適用月数' }).getByRole('textbox', { name: '月数' });
const reason = (): Locator => panel('form').getByRole('textbox', { name: '変更の理由' });
const openEditor = (): Promise<void> => walk.open(`${ruleset}/draft?draft=${draftId}`);

/** Saves, and gives the text that the server has now. */
async function savedBy(step: () => Promise<void>): Promise<string> {
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.url().endsWith('/draft/save')),
    step().then(() => page.keyboard.press('Control+s')),
  ]);
  await asked.response();
  return (asked.postDataJSON() as { text: string }).text;
}

const says = (text: string) => {
  const { body, reason: why } = JSON.parse(text) as {
    reason: string;
    body: { duration: { months: number }; discounts: { effect: { percent: string } }[] };
  };
  return [body.duration.months, body.discounts[0]?.effect.percent, why];
};

async function chooseCustomer(number: string): Promise<Locator> {
  await page.getByRole('tab', { name: '試算' }).click();
  const dock = page.getByRole('tabpanel', { name: '試算' });
  await dock.getByRole('combobox', { name: '顧客' }).fill(number);
  await dock.getByRole('listbox').getByRole('option').first().click();
  return dock;
}

describe('one undo stack', () => {
  /** The text before anything, and after a change in each view. */
  const texts: string[] = [];
  const percent = (): Locator => cellAt(page, 0, 3);

  it('remembers what was changed in the form, in the table and in the JSON', async () => {
    await walk.open(ruleset);
    await page.getByRole('button', { name: '変更を始める' }).click();
    await page.waitForURL(/\/draft\?draft=/);
    draftId = new URL(page.url()).searchParams.get('draft') ?? '';
    await settled(page);
    await look('form');
    texts.push(await savedBy(() => reason().fill('夏も続ける。')));
    texts.push(await savedBy(() => months().fill('3')));
    await look('table');
    // The key comes at once: the cell has the keyboard from the click on.
    await percent().filter({ hasText: '50' }).click();
    texts.push(
      await savedBy(async () => {
        await page.keyboard.press('F2');
        await panel('table').locator('revogr-edit input').fill('40');
        await page.keyboard.press('Enter');
        await percent().filter({ hasText: '40' }).waitFor();
      }),
    );
    await look('json');
    await panel('json').locator('.view-line').nth(3).click();
    await page.keyboard.press('Control+Home');
    await panel('json').locator('.view-line').filter({ hasText: '"reason"' }).click();
    for (const key of ['End', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    texts.push(await savedBy(() => page.keyboard.type('！')));
    expect(texts.map(says)).toEqual([
      [2, '50', '夏も続ける。'],
      [3, '50', '夏も続ける。'],
      [3, '40', '夏も続ける。'],
      [3, '40', '夏も続ける。！'],
    ]);
  });

  it.each(['form', 'table', 'json'] as const)('is walked back and forth in the view: %s', async (view) => {
    await look(view);
    const [begun = '', inForm = '', inTable = '', inJson = ''] = texts;
    for (const text of [inTable, inForm, begun])
      expect(await savedBy(() => page.keyboard.press('Control+z'))).toBe(text);
    if (view === 'form')
      expect([await months().inputValue(), await reason().inputValue()]).toEqual(['2', '夏も続ける。']);
    if (view === 'table') await percent().filter({ hasText: '50' }).waitFor();
    if (view === 'json') await panel('json').getByText('"months": 2').waitFor();
    for (const text of [inForm, inTable, inJson])
      expect(await savedBy(() => page.keyboard.press('Control+Shift+z'))).toBe(text);
    if (view === 'form')
      expect([await months().inputValue(), await reason().inputValue()]).toEqual(['3', '夏も続ける。！']);
    if (view === 'table') await percent().filter({ hasText: '40' }).waitFor();
    expect(walk.complaints()).toEqual([]);
  });
});

describe('a case', () => {
  // Smartphone M at 4,200 and internet at 4,800: whoever is here already keeps the campaign they came with, or none.
  const cases = [
    ['誤った期待', '8999', '期待と異なる'],
    ['加入済みの顧客には及ばない', '9000', '期待どおり'],
  ] as const;

  it.each(cases)('is saved from the simulator, and run: %s, %s', async (it, amount, outcome) => {
    const dock = await chooseCustomer('C-000001');
    await dock.getByText('か月の合計').first().waitFor();
    await dock.getByRole('button', { name: 'ケースとして保存' }).click();
    const dialog = page.getByRole('dialog', { name: 'ケースとして保存' });
    await dialog.getByLabel('どうなるか（日本語）').fill(it);
    await dialog.getByLabel('どうなるか（英語）').fill(it);
    await dialog
      .getByRole('textbox', { name: /月の基本料の期待額$/ })
      .first()
      .fill(amount);
    await dialog.getByRole('button', { name: '保存', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const list = page.getByRole('tabpanel', { name: /ケース/ });
    const shown = list.getByRole('listitem').filter({ hasText: it });
    await shown.getByLabel(outcome, { exact: true }).waitFor();
    if (outcome === '期待どおり') return;
    expect(await shown.locator('dd').allInnerTexts()).toEqual(['9,000', '8,999']);
    await list.getByRole('button', { name: `ケース「${it}」を削除` }).click();
    await shown.waitFor({ state: 'detached' });
  });

  it('goes with the change to whoever judges it', async () => {
    await walk.open(`/changes/${draftId}`);
    await page.getByRole('heading', { name: 'ケースの変更' }).waitFor({ timeout: 90_000 });
    await page.getByText('加入済みの顧客には及ばない').first().waitFor();
    await page.getByText('公開を妨げるものはありません。').waitFor();
    expect(walk.complaints()).toEqual([]);
  });
});

describe('a comparison that takes long', () => {
  it('is stopped, says so, and is begun again', async () => {
    await page.route('**/comparison', () => undefined);
    await page.goto(`${kanade.url}/changes/${draftId}`);
    await page.locator('html:not([data-awake="false"])').waitFor({ state: 'attached' });
    const amounts = page.getByRole('region', { name: '金額への影響' });
    await amounts.getByRole('button', { name: '中止' }).click();
    await amounts.getByText('計算を中止しました。').waitFor();
    await page.unroute('**/comparison');
    await amounts.getByRole('button', { name: '計算し直す' }).click();
    await amounts.getByRole('heading', { name: /顧客の次回請求/ }).waitFor({ timeout: 90_000 });
    await page.route('**/comparison', (route) => route.fulfill({ status: 500 }));
    await amounts.getByRole('button', { name: '計算し直す' }).click();
    await amounts.getByText('比較できませんでした。').waitFor();
    await page.unroute('**/comparison');
    walk.complaints();
  });
});

describe('while the server is away', () => {
  it('a draft goes on being written, outlives the page, and is saved as soon as it can be', async () => {
    await openEditor();
    await look('form');
    await page.route('**/draft/save', (route) => route.abort());
    await reason().fill('つながらなくても書ける。');
    await page.getByText('未保存（接続待ち）').waitFor();
    await page.getByText('入力はこの端末に残してあり、失われません。').waitFor();
    await page.reload();
    await page.getByText('この端末に残っていた未保存の内容を戻しました。').waitFor();
    await look('form');
    expect(await reason().inputValue()).toBe('つながらなくても書ける。');
    await page.unroute('**/draft/save');
    // By itself after a while; sooner when asked.
    await page.keyboard.press('Control+s');
    await page.getByText(/に保存済み/).waitFor();
    expect(await page.evaluate((id) => localStorage.getItem(`kanade.draft.${id}`), draftId)).toBeNull();
    await openEditor();
    await look('form');
    expect(await reason().inputValue()).toBe('つながらなくても書ける。');
    walk.complaints();
  });

  it('the simulator says that it has no customers or rules, and goes on when they are there', async () => {
    await page.evaluate(() => localStorage.removeItem('kanade.simulator'));
    await page.route('**/draft/release', (route) => route.fulfill({ status: 500, json: { message: 'gone' } }));
    await page.route('**/draft/simulation?*', (route) => route.fulfill({ status: 500, json: { message: 'gone' } }));
    await openEditor();
    await page.getByText('公開中のルールを読み込めませんでした').waitFor();
    await look('form');
    expect(await reason().inputValue()).toBe('つながらなくても書ける。');
    const dock = await chooseCustomer('C-000001');
    await dock.getByText('この顧客のデータを読み込めませんでした').waitFor();
    await page.unroute('**/draft/release');
    await page.unroute('**/draft/simulation?*');
    await page.route('**/draft/customers?*', (route) => route.abort());
    await openEditor();
    await dock.getByRole('combobox', { name: '顧客' }).fill('C-0000');
    await dock.getByText('顧客を検索できませんでした').waitFor();
    await page.unroute('**/draft/customers?*');
    await chooseCustomer('C-000001');
    await dock.getByText('か月の合計').first().waitFor();
    walk.complaints();
  });

  it.each<readonly [string, string, (route: Route) => Promise<void>]>([
    ['cannot be reached', '?/enter', (route) => route.abort()],
    ['fails', '?/enter', (route) => route.fulfill({ status: 500, body: 'broken' })],
  ])('a customer is typed once only, though the server %s', async (_, action, failing) => {
    await walk.become('operator');
    await walk.open('/customers/new');
    const typed = {
      '氏名・名称': '途切 花子',
      カナ: 'トギレ ハナコ',
      請求先住所: '東京都千代田区架空町7',
      受付の記録: '電話',
    };
    for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text);
    await page.route(`**/customers/new${action}`, failing);
    await page.getByRole('button', { name: '登録', exact: true }).click();
    await page.getByRole('alert').getByText('入力はこの画面に残っています。').waitFor();
    for (const [label, text] of Object.entries(typed))
      expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text);
    await page.unroute(`**/customers/new${action}`);
    await page.getByRole('button', { name: '登録', exact: true }).click();
    await page.waitForURL(/\/order$/);
    await settled(page);
    walk.complaints();
  });

  it('an order is typed once only', async () => {
    await page.getByLabel('商品', { exact: true }).selectOption({ label: 'でんき' });
    await page.route('**/order/__data.json*', (route) => route.abort());
    await page.getByRole('button', { name: '料金を確認' }).click();
    await page.getByRole('alert').getByText('入力はこの画面に残っています。応答がありしだい、').waitFor();
    expect(await page.getByLabel('商品', { exact: true }).locator('option:checked').innerText()).toBe('でんき');
    // Nobody has to ask again: the price is there as soon as the server is.
    await page.unroute('**/order/__data.json*');
    await page.getByRole('heading', { name: '試算の結果' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByLabel('受付の記録').fill('途切れた電話');
    await page.route('**/order?/place*', (route) => route.abort());
    await page.getByRole('button', { name: '申込みを登録' }).click();
    await page.getByRole('alert').getByText('入力はこの画面に残っています。').waitFor();
    expect(await page.getByLabel('受付の記録').inputValue()).toBe('途切れた電話');
    await page.unroute('**/order?/place*');
    await page.getByRole('button', { name: '申込みを登録' }).click();
    await page.waitForURL(/placed=/);
    walk.complaints();
  });

  it('is over: the draft is given up', async () => {
    await walk.become('productManager');
    await walk.open(`/changes/${draftId}`);
    await take(page, '取り下げる');
    await page.getByText('取り下げました。', { exact: true }).waitFor();
    expect(walk.complaints()).toEqual([]);
  });
});
