/**
 * Can the American operator work in English alone? A product manager lowers a price, an approver publishes it, an operator takes usage in and computes the month,
 * a billing manager closes it and asks to give an amount back, an auditor reads what was done.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { civilDayOf } from '#runtime/clock/clock.ts';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import type { Walker } from './support/people.ts';
import { take } from './support/take-step.ts';
import { expectSound, picture, settled, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
const plan = '/rulesets/ratePlan/time-bands';
/** The demo is as of today, at the operator's clock: October is billed, the month of today is not. */
const month = civilDayOf(new Date(), 'America/New_York').slice(0, 7);
let browser: Browser | undefined;
let walk: Walk;
let draft = '';
let cycle = '';

/** One after the other, in the same browser. */
async function as(who: Walker): Promise<Walk> {
  await walk.become(who);
  return walk;
}

/** Japanese is only where the data says something in Japanese, and where the other language is offered. */
async function expectEnglish(page: Page): Promise<void> {
  const text = await page.locator('main').innerText();
  expect(text.match(/[\u3040-\u30ff\u4e00-\u9fff][^\n]*/g) ?? []).toEqual([]);
}

beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  browser = await launchChromium();
  walk = await walkAs(browser, kanade, null, { locale: 'en', at: 'en' });
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

describe('a cheaper evening', () => {
  it('is written by the product manager in the form, and priced on a customer', async () => {
    const { page, open, complaints } = await as('productManager');
    await open(plan);
    await page.getByRole('button', { name: 'Start a change' }).click();
    await page.waitForURL(/\/draft\?draft=/);
    draft = new URL(page.url()).searchParams.get('draft') ?? '';
    await settled(page);
    await page.getByRole('tab', { name: 'Form' }).click();
    const form = page.getByRole('tabpanel', { name: 'Form' });
    await form.getByRole('group', { name: 'In force' }).getByRole('textbox', { name: 'From' }).fill(`${month}-01`);
    await form.getByRole('textbox', { name: 'Reason' }).fill('Evenings are cheaper.');
    await form.getByRole('region', { name: 'Evening calls' }).getByRole('textbox', { name: 'Unit price' }).fill('0.08');
    await page.getByRole('tab', { name: 'Price' }).click();
    const dock = page.getByRole('tabpanel', { name: 'Price' });
    await dock.getByRole('combobox', { name: 'Customer' }).fill('S00001');
    await dock.getByRole('listbox').getByRole('option').first().click();
    await dock.getByText('months together').first().waitFor();
    await page.getByRole('tab', { name: 'Sentences' }).click();
    await page.getByRole('tabpanel', { name: 'Sentences' }).getByText('0.08').first().waitFor();
    await page.getByText(/Saved at/).waitFor();
    await picture(page, 'english-editor');
    await take(page, 'Ask for review');
    await page.getByText('In review').first().waitFor();
    expect(complaints()).toEqual([]);
  });

  it('is judged by its amounts and published by the approver', async () => {
    const { page, open, complaints } = await as('approver');
    await open(`/changes/${draft}`);
    await page.getByRole('table', { name: /next bills/ }).waitFor({ timeout: 90_000 });
    const change = page.getByRole('region', { name: 'The change', exact: true });
    await change.getByText(/^“Evening calls”, price: .* becomes \$0\.08\.$/).waitFor();
    await change.getByText('Place by place').click();
    expect(await change.getByRole('insertion').allInnerTexts()).toContain('0.08');
    await take(page, 'Approve');
    await page.getByText('Approved.', { exact: true }).waitFor();
    await take(page, 'Publish now');
    await page.getByText('Version 2 is published.').waitFor();
    expect(complaints()).toEqual([]);
  });
});

describe('a month', () => {
  it('begins with usage that the operator takes in, and one line that is put right', async () => {
    const { page, open, complaints } = await as('operator');
    await open('/usage');
    await page.getByRole('button', { name: 'Take in a file' }).click();
    await page.getByLabel('Day of use').fill(`${month}-01`);
    await page.getByLabel('File', { exact: true }).setInputFiles({
      name: 'this-month.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        [
          'subscriber,day_minutes,evening_minutes,night_minutes,international_minutes',
          'S00001,10.0,20.0,30.0,1.0',
          'S00002,ten,20.0,30.0,1.0',
          '',
        ].join('\n'),
      ),
    });
    await page.getByRole('button', { name: 'Take in', exact: true }).click();
    await page.getByText('2 received, 1 accepted, 0 duplicate, 1 refused').waitFor();
    await page.getByRole('link', { name: '1 refused line of this-month.csv' }).click();
    await page.getByRole('button', { name: 'Correct line 3 of this-month.csv' }).click();
    await expectEnglish(page);
    await page.getByLabel('The line as it should be').fill('S00002,10.0,0.0,0.0,0.0');
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('The line is in.').waitFor();
    expect(complaints()).toEqual([]);
  });

  it('is opened and computed by the operator, who stops it on the way and lets it go on where it stopped', async () => {
    const { page, open, complaints } = await as('operator');
    await open('/cycles');
    await expectEnglish(page);
    await page.getByRole('button', { name: 'Open a cycle' }).first().click();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.waitForURL(/\/cycles\/[0-9a-f-]{36}$/);
    cycle = new URL(page.url()).pathname;
    await settled(page);
    const compute = page.getByRole('button', { name: 'Compute', exact: true });
    const bar = page.getByRole('progressbar', { name: 'Computation' });
    const done = async (): Promise<number> => Number(await bar.getAttribute('aria-valuenow'));
    // The month takes about a second: it is stopped as soon as that is offered.
    await Promise.all([compute.click(), page.getByRole('button', { name: 'Stop', exact: true }).click()]);
    await page.getByText('The computation was stopped.').waitFor();
    await settled(page);
    const doneWhenStopped = await done();
    expect(doneWhenStopped).toBeLessThan(Number(await bar.getAttribute('aria-valuemax')));
    await expectEnglish(page);
    await compute.click();
    await page.getByText('The computation has begun.').waitFor();
    expect(await done()).toBeGreaterThanOrEqual(doneWhenStopped);
    await page.getByText('A trial. Check the amounts, then close.').waitFor();
    await settled(page);
    await expectSound(page);
    await expectEnglish(page);
    await picture(page, 'english-trial');
    expect(complaints()).toEqual([]);
  });

  // 10 × 0.17 = 1.70, 20 × 0.08 = 1.60, 30 × 0.045 = 1.35, 1 × 0.27 = 0.27
  it('makes the bill that one works out by hand, with the evening at its new price, and says why', async () => {
    const { page, open, complaints } = await as('operator');
    await open(`/bills?cycle=${cycle.split('/').at(-1) ?? ''}&q=S00001`);
    await page.locator('main tbody th a').first().click();
    await page.waitForURL(/\/bills\/A-S00001/);
    await settled(page);
    const lines = page.getByRole('table', { name: 'Lines' });
    for (const [item, amount] of [
      ['Day calls', '1.70'],
      ['Evening calls', '1.60'],
      ['Night calls', '1.35'],
      ['International calls', '0.27'],
    ] as const) {
      const cells = await lines.getByRole('row', { name: item }).getByRole('cell').allInnerTexts();
      expect(cells).toContain(amount);
    }
    await page.getByText('$4.92').first().waitFor();
    await page.getByRole('link', { name: 'Why? Evening calls' }).click();
    const why = page.getByRole('region', { name: 'Why this amount' });
    await why.getByRole('link', { name: 'Minutes by time band v2' }).waitFor();
    await settled(page);
    await expectSound(page);
    await expectEnglish(page);
    await picture(page, 'english-why');
    expect(complaints()).toEqual([]);
  });

  it('is closed by the billing manager, whose invoice is in English, and who asks to give an amount back', async () => {
    const { page, open, complaints } = await as('billingManager');
    await open(cycle);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Close this cycle?' });
    await question.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByText('The cycle is closed.').waitFor();
    await open(`/bills?cycle=${cycle.split('/').at(-1) ?? ''}&q=S00001`);
    await page.locator('main tbody th a').first().click();
    await page.waitForURL(/\/bills\/A-S00001/);
    const link = page.getByRole('link', { name: 'Invoice (English)' });
    const [invoice] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await settled(invoice);
    expect(await invoice.locator('body').innerText()).toContain('4.92');
    await invoice.close();
    await page.getByText('Give something back').click();
    const back = page.getByRole('region', { name: 'Credit notes' });
    await back.getByRole('textbox', { name: /Evening calls/ }).fill('0.60');
    await back.getByRole('textbox', { name: 'Reason' }).fill('Two calls were cut off.');
    await back.getByRole('button', { name: 'Ask for it' }).click();
    await page.getByText('Asked for: another person can issue it now.').waitFor();
    await back.getByText('Waiting for a second person').waitFor();
    expect(await back.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('Evening calls')]);
    expect(await back.getByRole('button', { name: 'Issue' }).count()).toBe(0);
    expect(complaints()).toEqual([]);
  });

  it('leaves a record that the auditor reads in English', async () => {
    const { page, open, complaints } = await as('auditor');
    await open('/audit');
    for (const sentence of [
      'Robin Hale took in the usage file this-month.csv',
      'Robin Hale corrected line 3 of this-month.csv',
      'Dana Cole closed the cycle',
      'Dana Cole asked to give back',
    ])
      await page.getByText(sentence).first().waitFor();
    await page.getByText('Chain verified, nothing was touched').waitFor();
    await expectEnglish(page);
    expect(complaints()).toEqual([]);
  });
});
