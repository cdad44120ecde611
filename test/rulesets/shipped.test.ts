/** Is every shipped ruleset sound, where its name says, and held to amounts? */
import { describe, expect, it } from 'vitest';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { caseFiles, casesIn, operators, rulesetFiles, rulesetsOf } from './shipped.ts';

/** The kinds that put an amount on a bill; the others are held to by the cases of these. */
const pricing = ['ratePlan', 'campaign', 'tenureDiscount', 'bundleDiscount', 'penalty', 'statutoryFee'];

it('twelve operators are shipped', () => {
  expect(operators).toEqual([
    'conventions',
    'kanade-cable',
    'kanade-energy',
    'kanade-fibre',
    'kanade-fitness',
    'kanade-homes',
    'kanade-licences',
    'kanade-machines',
    'kanade-mobile',
    'kanade-pantry',
    'real-usage',
    'worked-examples',
  ]);
});

describe.each(operators)('%s', (operator) => {
  const files = rulesetFiles(operator);

  it('has no error, and no warning that nobody looked at', () => {
    const diagnostics = checkRulesets(files.map(({ file, document }) => ({ document, source: file })));
    expect(diagnostics.filter((diagnostic) => diagnostic.severity !== 'hint').map(inShort)).toEqual(
      known[operator] ?? [],
    );
  });

  it('keeps every version where kind, id and version say', () => {
    const rulesets = rulesetsOf(operator);
    expect(files.map(({ file }) => file)).toEqual(
      rulesets.map(({ kind, id, version }) => `${operator}/${kind}/${id}/v${version}.json`),
    );
  });

  it('numbers the versions of a ruleset from 1 without a gap', () => {
    const versions = Map.groupBy(rulesetsOf(operator), ({ kind, id }) => `${kind}/${id}`);
    for (const [name, all] of versions) {
      expect([name, ...all.map(({ version }) => version).sort()]).toEqual([name, ...all.map((_, index) => index + 1)]);
    }
  });

  it('has cases beside whatever puts an amount on a bill', () => {
    const held = new Set(caseFiles(operator).map(({ file }) => file.split('/').slice(1, 3).join('/')));
    const priced = rulesetsOf(operator).filter(({ kind }) => pricing.includes(kind));
    expect(priced.map(({ kind, id }) => `${kind}/${id}`).filter((name) => !held.has(name))).toEqual([]);
  });

  it('says for every case where its amounts come from', () => {
    const silent = caseFiles(operator)
      .flatMap(casesIn)
      .filter((one) => one.source === undefined);
    expect(silent.map((one) => one.it.en)).toEqual([]);
  });
});

const inShort = ({ code, ruleset, path }: { code: string; ruleset?: string; path: string }): string =>
  `${ruleset ?? ''} ${path}: ${code}`;

/** Warnings that are meant: the examples show what the product warns of. */
const known: Readonly<Record<string, readonly string[]>> = {
  // A data SIM's basic fee of 300 is less than the set discount of 500 and the bonus of 1,000, and the author is told so.
  'kanade-mobile': [
    'bundleDiscount/mobile-internet-set@1 /body/discounts/0/effect: discount-above-price',
    'campaign/switch-and-save@1 /body/discounts/0/effect: discount-above-price',
  ],
  // AX-07a: 17 to 19 licences cost more than 20, and the author is told so.
  'worked-examples': ['ratePlan/licences-volume@1 /body/charges/0/price/tiers/1: price-inversion'],
};
