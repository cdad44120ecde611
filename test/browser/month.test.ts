/**
 * Can a month be billed on the screens alone? A campaign is written, sent back, corrected, approved and published; an operator takes usage in, puts a line right, opens the month and computes it;
 * a bill answers why; another person closes; the auditor reads what was done.
 */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { civilDayOf } from '#runtime/clock/clock.ts';
import {
  correctMonths,
  lookAround,
  optionPrices,
  priceSomebody,
  springDiscount,
  touchedCustomers,
  writeSpringCampaign,
} from './support/spring-campaign.ts';
import { take } from './support/take-step.ts';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { expectSound, picture, settled, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
let operator: Walk;
let manager: Walk;
let author: Walk;
let approver: Walk;
/** The demo is as of today: its month is the carrier's current one. */
const month = civilDayOf(new Date(), 'Asia/Tokyo').slice(0, 7);
const sms = (record: string, amount: string): string =>
  `${record},07000000011,SMS,${amount},${month.replace('-', '')}01090000`;
/** The draft of the campaign, and those whose bills it touches. */
let spring = '';
let touched: readonly string[] = [];
/** The address of the cycle that the story opens. */
let cycle = '';

beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  browser = await launchChromium();
  operator = await walkAs(browser, kanade, 'operator');
  manager = await walkAs(browser, kanade, 'billingManager');
  author = await walkAs(browser, kanade, 'productManager');
  approver = await walkAs(browser, kanade, 'approver');
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

describe('half price for three months for spring sign-ups', () => {
  it('is written in the form, and reads the same as sentences, table and JSON', async () => {
    spring = await writeSpringCampaign(author, `${month}-01`);
    await lookAround(author.page);
    await priceSomebody(author.page);
    await take(author.page, 'レビューを依頼');
    await author.page.getByText('レビュー中').first().waitFor();
    expect(author.complaints()).toEqual([]);
  }, 180_000);

  it('comes back with what is to be put right, and is corrected', async () => {
    touched = await touchedCustomers(approver, spring);
    expect(touched.length).toBeGreaterThan(0);
    await take(approver.page, '差し戻す', '3 か月のはずです。');
    await approver.page.getByText('作成者に差し戻しました。').waitFor();
    await correctMonths(author, spring, '3');
    await author.open(`/changes/${spring}`);
    await take(author.page, 'レビューを依頼');
    await author.page.getByText('レビューを依頼しました。').waitFor();
    expect(author.complaints()).toEqual([]);
  }, 180_000);

  it('is approved by another person and published', async () => {
    await approver.open(`/changes/${spring}`);
    await take(approver.page, '承認');
    await approver.page.getByText('承認しました。', { exact: true }).waitFor();
    await take(approver.page, '今すぐ公開');
    await approver.page.getByText('版 1 を公開しました。').waitFor();
    expect(approver.complaints()).toEqual([]);
  });
});

describe('a month at the carrier', () => {
  it('begins with usage: a file comes in, line by line accounted for', async () => {
    const { page } = operator;
    // Whoever is quicker than the scripts of the page is not made to press again.
    const { promise: scripts, resolve: letScriptsCome } = Promise.withResolvers<void>();
    const held = (route: Route): Promise<void> => scripts.then(() => route.continue());
    await page.route('**/_app/immutable/**/*.js', held);
    await page.goto(`${kanade.url}/usage`, { waitUntil: 'commit' });
    await page.getByRole('searchbox', { name: 'ファイル名・形式・担当者で検索' }).fill('late');
    await page.getByRole('button', { name: 'ファイルを取り込む' }).click();
    expect(await page.locator('html').getAttribute('data-awake')).toBe('false');
    letScriptsCome();
    await page.getByRole('dialog', { name: 'ファイルを取り込む' }).waitFor();
    await page.waitForURL(/q=late/);
    await page.unroute('**/_app/immutable/**/*.js', held);
    await settled(page);
    await expectSound(page);
    await page.getByLabel('形式', { exact: true }).selectOption({ label: 'パケット・SMS 実績' });
    await page.getByLabel('ファイル', { exact: true }).setInputFiles({
      name: 'late-sms.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        [
          'record_id,msisdn,type,amount,started_at',
          sms('LATE-1', '1'),
          sms('LATE-1', '1'),
          sms('LATE-2', 'one'),
          '',
        ].join('\n'),
      ),
    });
    await page.getByRole('button', { name: '取り込む', exact: true }).click();
    await page.getByText('受信 3 行、取込 1 行、重複 1 行、エラー 1 行').waitFor();
    const row = page.getByRole('row', { name: /late-sms\.csv/ });
    await row.waitFor();
    expect(await row.getByRole('cell').allInnerTexts()).toEqual(expect.arrayContaining(['3', '1', '1', '1']));
    expect(await linesOf(page, '/usage/export.csv?q=late-sms')).toEqual([
      expect.stringMatching(/^late-sms\.csv,パケット・SMS 実績,\d+,,3,1,1,1,0,1,.*,窓口 次郎$/),
    ]);
    expect(await linesOf(page, '/usage/rejects/export.csv')).toEqual([
      expect.stringMatching(/^late-sms\.csv,4,「amount」の値「one」は数量として読めません.*,未対応,,,,$/),
    ]);
    expect(operator.complaints()).toEqual([]);
  });

  it('lets a refused line be put right where it stands', async () => {
    const { page } = operator;
    await page.getByRole('link', { name: 'late-sms.csv のエラー 1 行' }).click();
    await page.getByRole('button', { name: 'late-sms.csv の 4 行目を直す' }).click();
    const line = page.getByLabel('正しい行');
    await line.fill(sms('LATE-2', 'two'));
    await page.getByRole('button', { name: '入れ直す' }).click();
    await page.getByText('「two」は数量として読めません').waitFor();
    expect(await line.inputValue()).toContain('two');
    await line.fill(sms('LATE-2', '2'));
    await page.getByRole('button', { name: '入れ直す' }).click();
    await page.getByText('行を取り込みました。').waitFor();
    await page.getByText('条件に合うエラー明細はありません').waitFor();
    expect(operator.complaints()).toEqual([]);
  });

  it('is opened, and computed with its progress in sight', async () => {
    const { page } = operator;
    await operator.open('/cycles');
    await page.getByRole('button', { name: '締めを開く' }).first().click();
    await page.getByLabel('請求サイクル').selectOption({ label: '月末締め · カナデモバイル株式会社' });
    await page.getByRole('button', { name: '開く', exact: true }).click();
    await page.waitForURL(/\/cycles\/[0-9a-f-]{36}$/);
    cycle = new URL(page.url()).pathname;
    await settled(page);
    await expectSound(page);
    await page.getByRole('button', { name: '計算を実行' }).click();
    await page.getByText('計算しています。').waitFor();
    await picture(page, 'month-rating');
    await page.getByText('仮締めです。').waitFor();
    await settled(page);
    await expectSound(page);
    await picture(page, 'month-trial');
    const bar = page.getByRole('progressbar', { name: '計算の進み' });
    expect(await bar.getAttribute('aria-valuenow')).toBe(await bar.getAttribute('aria-valuemax'));
    expect(operator.complaints()).toEqual([]);
  });

  it('comes out the same to the byte when it is computed again', async () => {
    const { page } = operator;
    await page.getByRole('button', { name: 'もう一度計算' }).click();
    await page.getByText('計算しています。').waitFor();
    await page.getByText('仮締めです。').waitFor();
    await settled(page);
    const digests = await page.getByRole('region', { name: '計算の履歴' }).locator('code').allInnerTexts();
    expect(digests).toHaveLength(2);
    expect(new Set(digests).size).toBe(1);
  });

  it('is not for its operator to close', async () => {
    const { page } = operator;
    await page.getByText('本締めは、請求責任者が行います。').waitFor();
    expect(await page.getByRole('button', { name: '本締めにする' }).count()).toBe(0);
  });

  it('makes bills that say why each amount is what it is, down to the place in the rule', async () => {
    const { page } = operator;
    await page.getByRole('link', { name: '請求を見る' }).click();
    await page.waitForURL(/\/bills\?cycle=/);
    await page.getByLabel('顧客名・カナ・番号・請求先で検索').fill('A-000001');
    await page.waitForURL(/q=A-000001/);
    await page.locator('tbody th a').first().click();
    await page.waitForURL(/\/bills\/A-000001/);
    await page.getByRole('link', { name: 'なぜ？ 基本料' }).first().click();
    const why = page.getByRole('region', { name: 'なぜこの金額か' });
    await why.getByText('保存された請求と一致することを確かめました').waitFor();
    await why
      .getByText(/月額 [\d,]+ × 数量 1/)
      .first()
      .waitFor();
    await settled(page);
    await expectSound(page);
    await picture(page, 'month-bill-why');
    await why
      .getByRole('link', { name: / v\d+$/ })
      .first()
      .click();
    await page.waitForURL(/\/rulesets\/ratePlan\/.*#\/body\/charges\/\d+/);
    const place = decodeURIComponent(new URL(page.url()).hash.slice(1));
    const named = page.locator(`[id="${place}"]`);
    expect(await named.getAttribute('class')).toContain('bg-accent-soft');
    expect(await named.innerText()).toContain('基本料');
    expect(operator.complaints()).toEqual([]);
  });

  it('shows the waterfall as a table that ends at the total owed', async () => {
    const { page } = operator;
    await page.goBack();
    await page.waitForURL(/\/bills\/A-000001/);
    await settled(page);
    const waterfall = page.getByRole('table', { name: /料金から請求額までの内訳/ });
    const last = await waterfall.getByRole('row').last().getByRole('cell').first().innerText();
    const total = await page.getByRole('article', { name: '請求の内容' }).locator('.text-2xl').innerText();
    expect(`¥${last}`).toBe(total);
  });

  it('takes half off what the campaign names, and says so on the bill and on the invoice', async () => {
    const { page } = operator;
    const bill = await billOf(touched);
    const line = page.getByRole('row', { name: new RegExp(springDiscount) }).first();
    const amounts = await line.getByRole('cell').allInnerTexts();
    const off = Number(amounts.find((amount) => amount.startsWith('−'))?.slice(1));
    expect(optionPrices.filter((price) => off > 0 && (2 * off) % price === 0)).not.toEqual([]);
    await page
      .getByRole('link', { name: `なぜ？ ${springDiscount}` })
      .first()
      .click();
    const why = page.getByRole('region', { name: 'なぜこの金額か' });
    await why.getByText('保存された請求と一致することを確かめました').waitFor();
    await why.getByRole('link', { name: '春の 3 か月半額 v1' }).waitFor();
    await picture(page, 'month-spring-why');
    await operator.open(`${bill}/invoice`);
    await page.getByText(springDiscount).first().waitFor();
    await operator.open('/bills?q=A-000001');
    await page.locator('tbody th a').first().click();
    await page.waitForURL(/\/bills\/A-000001/);
    expect(operator.complaints()).toEqual([]);
  });

  it.each([
    ['ja', '請求書'],
    ['en', 'Invoice'],
  ])('prints as an invoice of its own in %s', async (locale, title) => {
    const { page } = operator;
    const link = page.getByRole('link', { name: locale === 'ja' ? '請求書（日本語）' : '請求書（英語）' });
    const [invoice] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await settled(invoice);
    expect(await invoice.getAttribute('html', 'lang')).toBe(locale);
    expect(await invoice.getByRole('heading', { level: 1 }).innerText()).toContain(title);
    await expectSound(invoice);
    await picture(invoice, `invoice-${locale}`);
    await invoice.close();
  });

  it('is closed by another person, and its bills get their numbers', async () => {
    const { page } = manager;
    await manager.open(cycle);
    await page.getByRole('button', { name: '本締めにする' }).click();
    const question = page.getByRole('dialog', { name: '本締めにしますか' });
    await question.waitFor();
    await expectSound(page);
    await question.getByRole('button', { name: '本締めにする' }).click();
    await page.getByText('本締めが済みました。').waitFor();
    expect(await page.getByRole('button', { name: 'もう一度計算' }).count()).toBe(0);
    await picture(page, 'month-closed');
    await manager.open('/bills?q=A-000001');
    await page.getByRole('cell', { name: new RegExp(`^${month.replace('-', '')}-\\d{6}$`) }).waitFor();
    expect(manager.complaints()).toEqual([]);
  });

  it('leaves a record that the auditor reads as sentences, unbroken', async () => {
    const auditor = await walkAs(browser!, kanade, 'auditor');
    await auditor.open('/audit');
    const ofTheMonth = `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月の「月末締め」`;
    for (const sentence of [
      '窓口 次郎さんが利用ファイル late-sms.csv を取り込みました',
      '窓口 次郎さんが late-sms.csv の 4 行目を訂正しました',
      `窓口 次郎さんが${ofTheMonth}の締めを開きました`,
      `請求 美咲さんが${ofTheMonth}を本締めにしました`,
    ]) {
      await auditor.page.getByText(sentence).first().waitFor();
    }
    await auditor.page.getByText('改ざんなし（全件を検証済み）').waitFor();
    const [file] = await Promise.all([
      auditor.page.waitForEvent('download'),
      auditor.page.getByRole('link', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('audit.csv');
    expect(auditor.complaints()).toEqual([]);
    await auditor.close();
  });
});

/** Of a list that leaves as a file the lines about the file of this story. */
const linesOf = (page: Page, address: string): Promise<string[]> =>
  page.evaluate(async (asked) => {
    const text = await (await fetch(asked)).text();
    return text.split('\r\n').filter((line) => line.startsWith('late-sms.csv,'));
  }, address);

/** Opens the bill in this cycle of the first of the customers who has one, and says where it is. */
async function billOf(customers: readonly string[]): Promise<string> {
  const { page } = operator;
  for (const customer of customers) {
    await operator.open(`/bills?cycle=${cycle.split('/').at(-1) ?? ''}&q=${customer}`);
    const link = page.locator('tbody th a').first();
    if ((await link.count()) === 0) continue;
    await link.click();
    await page.waitForURL(/\/bills\/[^?]+$/);
    await settled(page);
    return new URL(page.url()).pathname;
  }
  throw new Error(`none of ${customers.join(', ')} is billed in this cycle`);
}
