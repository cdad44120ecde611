/** How does somebody walk through Kanade, and what must be true of every page on the way? */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Locale } from '#schemas/messages/words.ts';
import { emailOf, signedIn, walkers, type Operator, type SessionCookie, type Walker } from './people.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Kanade {
  readonly url: string;
  readonly password: string;
}

export interface Walk {
  readonly page: Page;
  /** Opens a page and waits until it has settled. */
  open(path: string): Promise<void>;
  /** From now on another person walks, or a stranger: in the same browser, which knows the scripts and letters already. */
  become(who: Walker | null, at?: Operator): Promise<void>;
  /** What the browser complained about so far, and addresses asked that are not ours. Empties the list. */
  complaints(): string[];
  close(): Promise<void>;
}

export interface Look {
  readonly locale?: Locale;
  /** The operator whose person walks; the Japanese one unless said. */
  readonly at?: Operator;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

const sessions = new Map<string, Promise<SessionCookie>>();

/** A walk as `who`, or as a stranger. A person's session is shared by the walks of one file. */
export async function walkAs(browser: Browser, kanade: Kanade, who: Walker | null, look: Look = {}): Promise<Walk> {
  const { locale = 'ja', at = 'ja', theme = 'light', width = 1440 } = look;
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: locale === 'ja' ? 'ja-JP' : 'en-GB',
    acceptDownloads: true,
    // Colours that are on their way from one look to the other have no contrast to speak of.
    reducedMotion: 'reduce',
  });
  await remember(context, kanade.url, { 'kanade.locale': locale, 'kanade.theme': theme });
  const become = async (next: Walker | null, where: Operator = at): Promise<void> => {
    await context.clearCookies({ name: /session_token/ });
    if (next === null) return;
    const { name, value } = await sessionOf(kanade, next, where);
    await remember(context, kanade.url, { [name]: value });
  };
  await become(who);
  const page = await context.newPage();
  const complaints = listen(page, kanade.url);
  return {
    page,
    open: async (path) => {
      await page.goto(kanade.url + path);
      await settled(page);
    },
    become,
    complaints: () => complaints.splice(0),
    close: () => context.close(),
  };
}

/** The session cookie of a person of the demo, for requests without a browser too. */
export function sessionOf(kanade: Kanade, who: Walker, at: Operator = 'ja'): Promise<SessionCookie> {
  const email = emailOf(who, at);
  const session = sessions.get(email) ?? signedIn(kanade.url, email, kanade.password, placeOf(who));
  sessions.set(email, session);
  return session;
}

/** Files that are walked side by side sign in from places of their own. */
const placeOf = (who: Walker): number => 10 + 10 * (process.pid % 20) + walkers.indexOf(who);

function remember(context: BrowserContext, url: string, cookies: Readonly<Record<string, string>>): Promise<void> {
  return context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
}

/** The requests of a page that have no answer yet. */
const unanswered = new WeakMap<Page, Set<Request>>();
const longestAnswerMs = 30_000;

function listen(page: Page, url: string): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    // What is refused on purpose is reported by the browser as a failed resource.
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !expected) heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`));
  const asked = new Set<Request>();
  unanswered.set(page, asked);
  const answered = (request: Request): void => void asked.delete(request);
  page.on('requestfinished', answered).on('requestfailed', answered);
  page.on('request', (request) => {
    asked.add(request);
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
      heard.push(`asked ${request.url()}`);
  });
  return heard;
}

const asked = (page: Page): string[] => [...(unanswered.get(page) ?? [])].map((request) => request.url());

/** Waits until the page works by script, has what it asked for, and its letters are there; says what stays away too long. */
export async function settled(page: Page): Promise<void> {
  await page.locator('html:not([data-awake="false"])').waitFor({ state: 'attached' });
  const giveUpAt = Date.now() + longestAnswerMs;
  for (let left = asked(page); left.length > 0; left = asked(page)) {
    if (Date.now() > giveUpAt) throw new Error(`no answer on ${page.url()} to ${left.join(', ')}`);
    await page.waitForTimeout(10);
  }
  await page.evaluate(() => document.fonts.ready);
}

/** Expects that axe finds nothing wrong with the page, and that nothing hangs over its side. */
export async function expectSound(page: Page): Promise<void> {
  expect(await violations(page, {}), `axe on ${page.url()}`).toEqual([]);
  await expectNothingOverTheSide(page);
}

/** Expects that every letter can be read in the colours of the other look; what the page says is the same. */
export async function expectReadable(page: Page): Promise<void> {
  expect(await violations(page, { runOnly: ['color-contrast'] }), `contrast on ${page.url()}`).toEqual([]);
}

export async function expectNothingOverTheSide(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `what hangs over the side of ${page.url()}`).toBeLessThanOrEqual(0);
}

/** Nobody reads what passed, and the page holds no other page: axe need not describe or look for them. */
const violationsOnly: RunOptions = { resultTypes: ['violations'], iframes: false, preload: false };

/** The tab keeps axe for its next pages: half a megabyte is slower to hand over than to read. */
const keptAxe = "{ const kept = sessionStorage.getItem('axe'); if (kept !== null) (0, eval)(kept); kept !== null }";

/** What axe finds, by rule and place. Evaluated by the debugger, since the page's own policy admits no script but ours. */
async function violations(page: Page, options: RunOptions): Promise<string[]> {
  const isThere = await page.evaluate(keptAxe);
  if (isThere !== true) await page.evaluate(`${axe};sessionStorage.setItem('axe', ${JSON.stringify(axe)});`);
  const found = (await page.evaluate(
    (asked) => (globalThis as unknown as { axe: { run(asked: RunOptions): Promise<AxeResults> } }).axe.run(asked),
    { ...violationsOnly, ...options },
  )) as AxeResults;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/** Keeps a picture when KANADE_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['KANADE_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
