/** Is a page there in time, on a machine that others keep busy too? (Which pages are held to it by whom is in in-time.test.ts.) */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const longestMs = 300;
export const tries = 12;

/** How many times as long as it computes somebody waits for the machine: 1 on a quiet one. */
export function howBusy(): number {
  const computedMs = 60;
  const began = performance.now();
  const { user } = process.cpuUsage();
  while (process.cpuUsage().user - user < computedMs * 1000);
  return Math.max(1, (performance.now() - began) / computedMs);
}

/** From setting out until the first content of the page was painted and it was read to its end. */
export function thereMs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [document] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
    return Math.max(painted, document?.domInteractive ?? Infinity);
  });
}

/** Expects the page that is open to be there in time when it is asked for; of some tries the quickest counts. */
export async function expectInTime(page: Page): Promise<void> {
  const seen: number[] = [];
  let busy = 1;
  do {
    await page.reload();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    seen.push(await thereMs(page));
    if (Math.min(...seen) > longestMs * busy) busy = Math.max(busy, howBusy());
  } while (Math.min(...seen) > longestMs * busy && seen.length < tries);
  expect(Math.min(...seen), `milliseconds to ${page.url()}`).toBeLessThanOrEqual(longestMs * busy);
}
