/** How does a product manager write "half price for three months for spring sign-ups", and an approver judge it, on the screens? */
import type { Page } from 'playwright-core';
import { expectNothingOverTheSide, expectSound, picture, settled, type Walk } from './walk.ts';

export const springDiscount = '春のオプション半額';
/** What an option costs for each device, whole month or not; of it the campaign takes half. */
export const optionPrices = [450, 300, 600];

/** Begins the campaign from the list and fills the form in, with two months where three were meant. Gives the draft's id. */
export async function writeSpringCampaign({ page, open }: Walk, from: string): Promise<string> {
  await open('/rulesets');
  await page.getByRole('button', { name: '新しいルール' }).click();
  const asked = page.getByRole('dialog', { name: '新しいルール' });
  await asked.getByRole('combobox', { name: '種類' }).selectOption({ label: 'キャンペーン' });
  await asked.getByRole('textbox', { name: '識別子' }).fill('spring-half-price');
  await asked.getByRole('button', { name: '下書きを始める' }).click();
  await page.waitForURL(/\/draft\?draft=/);
  await settled(page);
  await page.getByRole('tab', { name: 'フォーム' }).click();
  const form = page.getByRole('tabpanel', { name: 'フォーム' });
  const about = form.getByRole('region', { name: '基本情報' });
  await about.getByRole('textbox', { name: '日本語' }).fill('春の 3 か月半額');
  await about.getByRole('textbox', { name: '英語' }).fill('Spring: half price for three months');
  await about.getByRole('textbox', { name: '開始日' }).fill(from);
  await about.getByRole('textbox', { name: '変更の理由' }).fill('春の新規申込を増やす。');
  const campaign = form.getByRole('region', { name: 'キャンペーン' });
  await campaign.getByRole('checkbox', { name: '新規申込' }).check();
  const window = campaign.getByRole('group', { name: '受付期間' });
  await window.getByRole('textbox', { name: '開始日' }).fill(from);

  await window.getByRole('checkbox', { name: '期限なし' }).check();
  const duration = campaign.getByRole('group', { name: '適用月数' });
  await duration.getByRole('textbox', { name: '月数' }).fill('2');
  await duration.getByRole('combobox', { name: '数え始め' }).selectOption({ label: '開始日を含む期間' });
  const discounts = campaign.getByRole('group', { name: '割引', exact: true });
  await discounts.getByRole('button', { name: '行を追加' }).click();
  await discounts.getByRole('textbox', { name: '1 行目の名称（日本語）' }).fill(springDiscount);
  await discounts.getByRole('textbox', { name: '1 行目の名称（英語）' }).fill('Spring: half the options');
  await discounts.getByRole('textbox', { name: '1 行目の効果 割合（%）' }).fill('50');
  await discounts.getByRole('textbox', { name: '1 行目の割引の対象 料金項目' }).fill('option');
  await discounts.getByRole('textbox', { name: '1 行目の割引の対象 料金項目' }).press('Tab');
  await page.getByText(/に保存済み/).waitFor();
  return new URL(page.url()).searchParams.get('draft') ?? '';
}

/** Expects the three views to say the same, and takes one step back and forth. */
export async function lookAround(page: Page): Promise<void> {
  for (const [view, sign] of [
    ['文章', '50% 引き'],
    ['表', 'discount-1'],
    ['JSON', '"percent"'],
    ['フォーム', '適用月数'],
  ] as const) {
    await page.getByRole('tab', { name: view, exact: true }).click();
    await page.getByRole('tabpanel', { name: view }).getByText(sign).first().waitFor();
    await settled(page);
    await expectSound(page);
    await picture(page, `editor-${view}`);
  }
  await page.getByRole('button', { name: '元に戻す' }).click();
  await page.getByRole('button', { name: 'やり直す' }).click();
  await expectNothingOverTheSide(page);
}

/** Prices a customer in the dock while the draft is open. */
export async function priceSomebody(page: Page): Promise<void> {
  await page.getByRole('tab', { name: '試算' }).click();
  const dock = page.getByRole('tabpanel', { name: '試算' });
  await dock.getByRole('combobox', { name: '顧客' }).fill('C-00000');
  await dock.getByRole('listbox').getByRole('option').first().click();
  await dock.getByText('か月の合計').first().waitFor();
  await settled(page);
  await expectSound(page);
  await picture(page, 'editor-priced');
}

/** Corrects the months in the form, as the approver asked. */
export async function correctMonths({ page, open }: Walk, draftId: string, months: string): Promise<void> {
  await open(`/rulesets/campaign/spring-half-price/draft?draft=${draftId}`);
  await page.getByRole('tab', { name: 'フォーム' }).click();
  const duration = page.getByRole('group', { name: '適用月数' });
  await duration.getByRole('textbox', { name: '月数' }).fill(months);
  await page.getByText('未保存', { exact: false }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await page.getByText('保存しました').first().waitFor();
}

/** The customers whose next bill the change makes cheaper, by number, the most first. */
export async function touchedCustomers({ page, open }: Walk, draftId: string): Promise<readonly string[]> {
  await open(`/changes/${draftId}`);
  const bills = page.getByRole('table', { name: /顧客の次回請求/ });
  await bills.waitFor({ timeout: 90_000 });
  await expectSound(page);
  await picture(page, 'spring-judged');
  const cheaper = await bills.getByRole('row').filter({ hasText: '▼' }).allInnerTexts();
  return cheaper.flatMap((row) => row.match(/C-\d{6}/) ?? []);
}
