/**
 * Do whole bills of the demo carrier read as a person worked them out?
 * The text in golden/ is compared as it stands; what follows a '#' is the arithmetic, written by hand.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { goldenText } from './golden-text.ts';
import { caseFiles, casesIn, rulesetsOf } from './shipped.ts';

const release = prepareRelease(rulesetsOf('kanade-mobile'));
const wholeBills = caseFiles('kanade-mobile')
  .flatMap(casesIn)
  .flatMap((one) => {
    const name = /golden\/([a-z-]+)\.txt$/.exec(one.source ?? '')?.[1];
    return name === undefined ? [] : [[name, one] as const];
  });

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/\s*#.*$/, ''))
    .join('\n')
    .trim();

describe('the bill of', () => {
  it.each(wholeBills)('%s reads as it was worked out by hand', (name, one) => {
    const [only] = bill(one.given, release).bills;
    if (only === undefined) throw new Error('there is a bill for the month');
    const golden = readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');
    expect(goldenText(one.given, only)).toBe(withoutComments(golden));
  });

  it('each of three customers is there', () => {
    expect(wholeBills.map(([name]) => name)).toEqual(['household', 'newcomer', 'leaving']);
  });
});
