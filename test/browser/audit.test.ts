/** Does the auditor find what one person did, in which days, of which kind, and does the file hold exactly that, in either language? */
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { civilDayOf } from '#runtime/clock/clock.ts';
import { chromiumPath, launchChromium, needsChromium } from './support/chromium.ts';
import { sessionOf, walkAs, type Walk } from './support/walk.ts';

const kanade = inject('kanade');
let browser: Browser | undefined;
let walk: Walk;
let page: Page;
beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  browser = await launchChromium();
  walk = await walkAs(browser, kanade, 'auditor');
  ({ page } = walk);
});
afterAll(() => browser?.close());
beforeEach(needsChromium);

type Row = readonly [number: string, at: string, person: string, sentence: string, object: string, details: string];

/** The file that the address gives, its head apart. */
async function exported(query: string, locale: 'ja' | 'en' = 'ja'): Promise<{ head: string[]; rows: Row[] }> {
  const { name, value } = await sessionOf(kanade, 'auditor');
  const answer = await fetch(`${kanade.url}/audit/export.csv${query}`, {
    headers: { cookie: `${name}=${value}; kanade.locale=${locale}` },
  });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const [head = [], ...rows] = parse(await answer.text(), { bom: true, recordDelimiter: '\r\n' });
  return { head, rows: rows as unknown as Row[] };
}

const dayOf = ([, at]: Row): string => civilDayOf(new Date(at), 'Asia/Tokyo');
const numbersShown = async (): Promise<string[]> =>
  (await page.locator('main ol > li').allInnerTexts()).map((text) => /#(\d+)/.exec(text)?.[1] ?? '');

describe('the record of what was done', () => {
  it('is narrowed by person, by what was done, and by first and last day; the file holds the rows of the page', async () => {
    await walk.open('/audit');
    await page.getByLabel('担当者').selectOption({ label: '請求 美咲' });
    await page.waitForURL(/person=[0-9a-f]/);
    await page.getByLabel('操作', { exact: true }).selectOption({ label: '本締め' });
    await page.waitForURL(/action=cycle\.closed/);
    await page.getByRole('link', { name: 'CSV' }).and(page.locator('[href*="action=cycle.closed"]')).waitFor();
    const query = new URL(page.url()).search;
    const { rows } = await exported(query);
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(rows.map(([, , person]) => person))).toEqual(new Set(['請求 美咲']));
    for (const [, , , sentence] of rows) expect(sentence).toMatch(/^請求 美咲さんが.+を本締めにしました$/);
    expect(await numbersShown()).toEqual(rows.map(([number]) => number).slice(0, (await numbersShown()).length));

    const [first, last] = [rows.at(-1)!, rows[0]!].map(dayOf) as [string, string];
    const within = async (days: Readonly<Record<string, string>>): Promise<Row[]> =>
      (await exported(`?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), ...days })}`)).rows;
    expect(await within({ from: first, to: last })).toEqual(rows);
    expect(await within({ from: addDays(last, 1) })).toEqual([]);
    expect(await within({ to: addDays(first, -1) })).toEqual([]);
    await page.getByLabel('開始日').fill(addDays(last, 1));
    await page.getByText('条件に合う記録がありません').waitFor();
    await page.getByLabel('開始日').fill(first);
    await page.getByLabel('終了日').fill(last);
    await page.waitForURL(new RegExp(`from=${first}&to=${last}`));
    await page.locator('main ol > li').first().waitFor();
    expect(await numbersShown()).toContain(rows[0]![0]);
    expect(walk.complaints()).toEqual([]);
  });

  it('is the whole of one person, and of one thing: nothing else, and nothing left out', async () => {
    const all = (await exported('?q=cycle/')).rows;
    expect(all.every(([, , , , object]) => object.startsWith('cycle/'))).toBe(true);
    const closed = (await exported('?q=cycle/&action=cycle.closed')).rows;
    expect(closed).toEqual(all.filter(([, , , sentence]) => sentence.endsWith('を本締めにしました')));
  });

  it('leaves with every column, in the language of the reader, and its details as they were put on record', async () => {
    const [ja, en] = [await exported('?action=cycle.closed'), await exported('?action=cycle.closed', 'en')];
    expect(ja.head).toEqual(['番号', '日時', '担当者', '内容', '対象', '記録の詳細']);
    expect(en.head).toEqual(['Number', 'Time', 'Person', 'What was done', 'Object', 'On record']);
    expect(en.rows.map(([number]) => number)).toEqual(ja.rows.map(([number]) => number));
    for (const [number, at, person, sentence, object, details] of en.rows) {
      expect([number, new Date(at).toISOString(), object]).toEqual([
        expect.stringMatching(/^\d+$/),
        at,
        expect.stringMatching(/^cycle\//),
      ]);
      expect(sentence).toMatch(new RegExp(`^${person} closed `));
      expect(Object.keys(JSON.parse(details) as object).length).toBeGreaterThan(0);
    }
  });
});
