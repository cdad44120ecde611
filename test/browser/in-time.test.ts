/** Is every page of daily use there within 300 ms? Asked as the auditor, who sees all of it; of some tries the quickest counts, since other tests share the machine. */
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './support/chromium.ts';
import { sessionOf } from './support/walk.ts';

const kanade = inject('kanade');
const longestMs = 300;
const tries = 8;

beforeEach(needsChromium);

async function asked(path: string): Promise<{ ms: number; page: string }> {
  const { name, value } = await sessionOf(kanade, 'auditor');
  const began = performance.now();
  const answer = await fetch(kanade.url + path, { headers: { cookie: `${name}=${value}` } });
  const page = await answer.text();
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return { ms: performance.now() - began, page };
}

/** The address of the first row of the list. */
async function firstOf(list: string): Promise<string> {
  const { page } = await asked(list);
  return new RegExp(`href="(${list}/[^"?.]+)"`).exec(page)?.[1] ?? expect.fail(`${list} has no row`);
}

describe('within 300 ms', () => {
  it.each([
    '/',
    '/search?q=a',
    '/rulesets',
    '/rulesets/ratePlan/smartphone-l',
    '/changes',
    '/customers',
    '/customers first',
    '/usage',
    '/usage/rejects',
    '/cycles',
    '/cycles first',
    '/bills',
    '/bills first',
    '/bills?q=A-000001',
    '/audit',
  ])('%s is there', async (path) => {
    const [list = '', first] = path.split(' ');
    const address = first === undefined ? path : await firstOf(list);
    const took: number[] = [];
    while (took.length < tries && !took.some((ms) => ms < longestMs)) took.push((await asked(address)).ms);
    expect(Math.min(...took)).toBeLessThan(longestMs);
  });
});
