/** Whom does a change concern (影響範囲)? The holders of the offerings that the ruleset can reach. */
import { expect, it } from 'vitest';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { touchedOfferings } from '#runtime/changes/touched-offerings.ts';
import { rulesetFolder } from '#runtime/demo/shipped-files.ts';

const usable = usableRulesets(rulesetFolder('kanade-mobile'));
const all = 'rulesets' in usable ? usable.rulesets : [];

// kind           id                        reaches                     leaves alone             because
const rows: [string, string, string, string, string][] = [
  ['offering', 'data-sim', 'data-sim', 'smartphone-m', 'an offering is itself'],
  ['ratePlan', 'smartphone-m', 'smartphone-m', 'smartphone-s', 'a plan reaches what is sold at it'],
  ['term', 'two-year', 'smartphone-m-two-year', 'smartphone-m', 'a term reaches what is bound by it'],
  ['penalty', 'two-year-cancellation', 'smartphone-m-two-year', 'smartphone-m', 'and its penalty reaches the same'],
  ['campaign', 'half-price-two-months', 'smartphone-m', 'home-internet', 'a campaign reaches its services'],
  ['tenureDiscount', 'mobile-tenure', 'smartphone-m', 'home-internet', 'and so does a tenure discount'],
  ['bundleDiscount', 'mobile-internet-set', 'home-internet', 'home-electricity', 'a set reaches all that it asks for'],
];
it.each(rows)('%s/%s reaches %s and not %s: %s', (kind, id, reached, left) => {
  const ruleset = all.findLast((each) => each.kind === kind && each.id === id);
  const touched = touchedOfferings(ruleset!, all);
  expect([touched?.has(reached), touched?.has(left)]).toEqual([true, false]);
});

it('a tax concerns everybody', () => {
  const tax = all.find(({ kind }) => kind === 'tax');
  expect(touchedOfferings(tax!, all)).toBeUndefined();
});
