/** Is every page there within 300 ms? Asked as those who use it; of some tries the quickest counts, since other tests share the machine. */
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './support/chromium.ts';
import type { Walker } from './support/people.ts';
import { sessionOf } from './support/walk.ts';

const kanade = inject('kanade');
const longestMs = 300;
const tries = 8;

beforeEach(needsChromium);

async function asked(path: string, who: Walker): Promise<{ ms: number; page: string }> {
  const { name, value } = await sessionOf(kanade, who);
  const began = performance.now();
  const answer = await fetch(kanade.url + path, { headers: { cookie: `${name}=${value}` } });
  const page = await answer.text();
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return { ms: performance.now() - began, page };
}

/** The address of the first row of the list. */
async function firstOf(list: string, who: Walker): Promise<string> {
  const { page } = await asked(list, who);
  return new RegExp(`href="(${list}/(?!new")[^"?.]+)"`).exec(page)?.[1] ?? expect.fail(`${list} has no row`);
}

describe('within 300 ms', () => {
  it.each<readonly [Walker, string]>([
    ['auditor', '/'],
    ['auditor', '/search?q=a'],
    ['auditor', '/rulesets'],
    ['auditor', '/rulesets/ratePlan/smartphone-l'],
    ['auditor', '/rulesets/campaign/switch-and-save'],
    ['auditor', '/changes'],
    ['auditor', '/customers'],
    ['auditor', '/customers first'],
    ['auditor', '/usage'],
    ['auditor', '/usage/rejects'],
    ['auditor', '/cycles'],
    ['auditor', '/cycles first'],
    ['auditor', '/bills'],
    ['auditor', '/bills first'],
    ['auditor', '/bills first /template'],
    ['auditor', '/bills first /invoice'],
    ['auditor', '/bills?q=A-000001'],
    ['auditor', '/audit'],
    ['operator', '/'],
    ['operator', '/customers/new'],
    ['operator', '/customers first /order'],
    ['operator', '/customers first /simulate'],
    ['productManager', '/'],
    ['productManager', '/rulesets/ratePlan/smartphone-l?view=read'],
  ])('for the %s, %s is there', async (who, path) => {
    const [list = '', first, then = ''] = path.split(' ');
    const address = first === undefined ? path : (await firstOf(list, who)) + then;
    const took: number[] = [];
    while (took.length < tries && !took.some((ms) => ms < longestMs)) took.push((await asked(address, who)).ms);
    expect(Math.min(...took)).toBeLessThan(longestMs);
  });
});
