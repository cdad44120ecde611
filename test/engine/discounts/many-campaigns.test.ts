/** Does a customer get the same campaigns, however many others there are, interpreted or compiled? */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { CampaignRuleset, Ruleset } from '#schemas/generated/types.ts';
import { account, linesOf, monthly, offering, plan, product, releaseOf } from '../billing/build.ts';

const named = { ja: '割引', en: 'Off' };

/** So much off for whoever has the offering. */
const off = (id: string, amount: string, wanted: string): CampaignRuleset => ({
  kind: 'campaign',
  id,
  version: 1,
  name: named,
  effective: { from: '2025-01-01', to: null },
  reason: 'For a test.',
  body: {
    window: { from: '2025-01-01', to: null },
    triggers: ['new'],
    eligibility: { all: [{ fact: 'product.offering', operator: 'equal', value: wanted }] },
    duration: { months: null, countedFrom: 'start' },
    discounts: [{ id, name: named, effect: { op: 'amountOff', amount }, target: { charges: ['base'] } }],
  },
});

const others = Array.from({ length: 300 }, (_, index) => off(`other-${String(index)}`, '1', `else-${String(index)}`));
const own = [off('ours-a', '300', 'plan'), off('ours-b', '200', 'plan')];
const rulesets: Ruleset[] = [offering(), plan([monthly('1000')]), ...own];
const document = account('2026-04', [product()]);

describe('a customer among hundreds of campaigns', () => {
  it.each([
    ['alone', rulesets, prepareRelease],
    ['among many, interpreted', [...others, ...rulesets], prepareRelease],
    [
      'among many, compiled',
      [...others, ...rulesets],
      (all: readonly Ruleset[]) => compileRelease(all, evaluateSource),
    ],
  ] as const)('%s: 1,000 less 300 less 200', (_, some, prepare) => {
    const release = prepare(releaseOf(some).rulesets);
    expect(linesOf(bill(document, release).bills[0]!)).toEqual([
      ['base', '1000'],
      ['ours-a', '-300'],
      ['ours-b', '-200'],
    ]);
  });
});
