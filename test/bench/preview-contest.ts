/**
 * How long does a year of one customer take where the studio previews it: in Chromium, by the engine that the browser is given?
 * A bundle of the engine is made for the browser in a directory of its own, without source being evaluated, as under the
 * studio's security policy.
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { AccountDocument, Ruleset, Usage } from '#schemas/generated/types.ts';
import { chromiumPath, launchChromium } from '../browser/support/chromium.ts';
import { NotPossibleHere, type Contest } from './measure.ts';

const shipped = new URL('../../rulesets/kanade-mobile/', import.meta.url);
const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`);
const USES_A_MONTH = 20;

/** Smartphone M and home internet for the twelve months of 2026, with some uses in each. */
const year: AccountDocument = {
  customer: { id: 'C-1', type: 'individual' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [held('P-1', 'smartphone-m', '2024-04-15'), held('P-2', 'home-internet', '2025-12-01')],
  usage: MONTHS.flatMap((month) => Array.from({ length: USES_A_MONTH }, (_, number) => use(month, number))),
  periods: { first: MONTHS[0]!, last: MONTHS.at(-1)! },
};

function held(id: string, offering: string, startsOn: string): AccountDocument['products'][number] {
  return { id, account: 'A-1', offering, event: 'new', appliedOn: startsOn, startsOn, endsOn: null };
}

function use(month: string, number: number): Usage {
  const day = String(number + 1).padStart(2, '0');
  const common = { id: `${month}-${day}`, product: 'P-1', startedAt: `${month}-${day}T12:00:00` };
  return number % 4 === 0
    ? { ...common, meter: 'data.kilobytes', quantity: String(number * 150_000 + 1) }
    : { ...common, meter: 'voice.seconds', quantity: String(number * 37), attributes: { destination: 'mobile' } };
}

/** So many at once, so that a browser's coarse clock measures them. */
const AT_ONCE = 20;

export async function preview(): Promise<Contest> {
  if (chromiumPath() === undefined)
    throw new NotPossibleHere('no Chromium was found: install it, or name it in KANADE_CHROMIUM');
  const rulesets = globSync('*/*/v*.json', { cwd: shipped }).map(
    (file) => JSON.parse(readFileSync(new URL(file, shipped), 'utf8')) as Ruleset,
  );
  const directory = mkdtempSync(join(tmpdir(), 'kanade-preview-'));
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.addScriptTag({ content: await engineForBrowsers(directory) });
  await page.evaluate(`Object.assign(globalThis, ${JSON.stringify({ rulesets, year })})`);
  await page.evaluate('globalThis.release = Kanade.prepareRelease(rulesets)');
  const expected = sumOf(bill(year, prepareRelease(rulesets)).bills);
  return {
    name: 'preview',
    unit: 'years/s in Chromium',
    against: 'one in ten milliseconds',
    aim: 1,
    product: {
      size: AT_ONCE,
      run: async () => {
        const { sum, milliseconds } = await page.evaluate<{ sum: string; milliseconds: number }>(
          `(() => {
            const started = performance.now();
            let bills;
            for (let turn = 0; turn < ${String(AT_ONCE)}; turn += 1) ({ bills } = Kanade.bill(year, release));
            const milliseconds = performance.now() - started;
            return { sum: bills.map(({ total }) => total).join(' '), milliseconds };
          })()`,
        );
        if (sum !== expected) throw new Error(`preview: Chromium bills ${sum}, Node ${expected}`);
        return {
          checksum: sum
            .split(' ')
            .reduce((all, total) => all + BigInt(total), 0n)
            .toString(),
          milliseconds,
        };
      },
    },
    reference: 100,
    sameChecksum: false,
    close: async () => {
      await browser.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const sumOf = (bills: readonly { readonly total: string }[]): string => bills.map(({ total }) => total).join(' ');

/** The engine as a script that a browser takes. */
async function engineForBrowsers(directory: string): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: directory,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: fileURLToPath(new URL('./engine-for-browsers.ts', import.meta.url)),
        name: 'Kanade',
        formats: ['iife'],
        fileName: 'engine',
      },
    },
  });
  return readFileSync(join(directory, globSync('engine*.js', { cwd: directory })[0]!), 'utf8');
}
