/**
 * Do whole bills read as a person worked them out?
 * The text in golden/ is compared as it stands; what follows a '#' is the arithmetic, written by hand.
 */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { goldenText, withoutComments } from './golden-text.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

const wholeBills = operators.flatMap((operator) => {
  const release = prepareRelease(rulesetsOf(operator));
  return caseFiles(operator)
    .flatMap(casesIn)
    .flatMap((one) => {
      const name = /golden\/([a-z-]+)\.txt$/.exec(one.source ?? '')?.[1];
      return name === undefined ? [] : [{ name, one, release }];
    });
});

const goldenFile = (name: string): string => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');

describe('the bills of', () => {
  it.each(wholeBills)('$name read as they were worked out by hand', ({ name, one, release }) => {
    expect(goldenText(one.given, bill(one.given, release).bills)).toBe(withoutComments(goldenFile(name)));
  });

  it('every golden text is that of a case, or of the late readings', () => {
    const files = globSync('*.txt', { cwd: new URL('golden/', import.meta.url) });
    expect([...wholeBills.map(({ name }) => `${name}.txt`), 'machines-corrected.txt'].sort()).toEqual(files.sort());
  });
});
