/** Is an author left alone who is at the edge of what is allowed, and not beyond it? */
import { describe, expect, it } from 'vitest';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { isNestedWithinLimit, limits } from '#engine/rulesets/limits.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { bent, soundSet, type SoundSet } from '../rulesets/sound-set.ts';
import { nested, recurring, untyped, usage, waive } from './cases/provoke.ts';

const told = (bend: (set: SoundSet) => void, ...more: readonly Ruleset[]): string[] =>
  checkRulesets(bent(bend, ...more)).map(({ code, path }) => `${code} ${path}`);

const isAbsent = { fact: 'customer.segment', operator: 'isPresent', value: false } as const;

const percent = ({ body }: SoundSet['bundleDiscount'], off: string): void => {
  Object.assign(body.discounts[0]!, { base: 'list', effect: { op: 'percentOff', percent: off } });
};

/** Another campaign on the charge that the sound set's campaign takes from. */
const secondCampaign = (bend: (campaign: SoundSet['campaign']) => void): Ruleset => {
  const { campaign } = soundSet();
  campaign.id = 'welcome';
  bend(campaign);
  return campaign;
};

describe('an author is left alone', () => {
  it.each<[string, (set: SoundSet) => void]>([
    ['with a name as long as the limit', ({ term }) => (term.name.en = 'a'.repeat(500))],
    ['with a minimum that is the cap', (set) => (recurring(set).bounds = { minimum: '500', cap: '500.0' })],
    ['with a floor that is the ceiling', (set) => (untyped(usage(set, 4).price)['floor'] = '4410')],
    [
      'with tiers that meet at one amount',
      (set) => {
        usage(set, 4).price = {
          model: 'volume',
          tiers: [
            { upTo: '20', unitPrice: '10' },
            { upTo: null, unitPrice: '8', flat: '40' },
          ],
        };
      },
    ],
    ['with a tax as high as the amount', (set) => (untyped(set.tax.body.rates[1])['rate'] = '1')],
    ['with charges that owe no tax and have no rate', (set) => (recurring(set).taxCategory = 'exempt')],
    [
      'with a ladder that stays level',
      (set) => (untyped(set.tenureDiscount.body.steps[1])['effect'] = { op: 'percentOff', percent: '5' }),
    ],
    [
      'with a ladder that goes from percent to yen',
      (set) => (untyped(set.tenureDiscount.body.steps[1])['effect'] = { op: 'amountOff', amount: '1' }),
    ],
    ['with an offering excluded that is no longer sold', (set) => (set.phone.effective.to = '2026-05-01')],
    [
      'with a condition as deep as the limit',
      (set) => {
        set.penalty.body.waivedWhen = nested(limits.conditionDepth - 1, {
          fact: 'product.event',
          operator: 'equal',
          value: 'new',
        });
      },
    ],
    [
      'with `not` around a fact that is never absent',
      (set) => {
        waive(set, { not: { fact: 'product.event', operator: 'equal', value: 'new' } });
      },
    ],
    [
      'with `not` around a fact whose absence is asked for',
      (set) => {
        waive(set, { any: [isAbsent, { not: { fact: 'customer.segment', operator: 'equal', value: 'vip' } }] });
      },
    ],
  ])('%s', (_what, bend) => {
    expect(told(bend)).toEqual([]);
  });

  it.each<[string, (set: SoundSet) => void]>([
    ['that come to the whole of it', ({ bundleDiscount }) => percent(bundleDiscount, '50')],
    [
      'of what remains',
      ({ bundleDiscount, campaign }) => {
        percent(bundleDiscount, '60');
        delete campaign.body.discounts[0]!.base;
      },
    ],
    [
      'of which only one holds',
      ({ bundleDiscount, campaign }) => {
        percent(bundleDiscount, '60');
        const stacking = { group: 'one', policy: 'exclusive' } as const;
        bundleDiscount.body.stacking = stacking;
        campaign.body.stacking = stacking;
      },
    ],
  ])('with shares of the list price %s', (_what, bend) => {
    const both = (set: SoundSet): void => {
      set.campaign.body.discounts[0]!.base = 'list';
      bend(set);
    };
    expect(told(both)).toEqual([]);
  });

  it('when a version begins on the day that its predecessor says it ends', () => {
    const { invoiceTemplate } = soundSet();
    const successor = { ...invoiceTemplate, version: 2, effective: { from: '2026-12-01', to: null } };
    expect(told((set) => (set.invoiceTemplate.effective.to = '2026-12-01'), successor)).toEqual([]);
  });

  it.each<[string, (campaign: SoundSet['campaign']) => void]>([
    ['come in an order that their priorities say', ({ body }) => (body.priority = 99)],
    ['are never signed up for on one day', ({ body }) => (body.window = { from: '2027-03-01', to: null })],
    ['are never in force on one day', (campaign) => (campaign.effective = { from: '2025-04-01', to: '2026-04-01' })],
    ['have no order event in common', ({ body }) => (body.triggers = ['planChange'])],
    ['take from different charges', ({ body }) => (untyped(body.discounts[0]?.target)['charges'] = ['setup'])],
    [
      'reach different offerings',
      ({ body }) => (untyped(body.discounts[0])['target'] = { charges: ['base'], offerings: ['phone'] }),
    ],
  ])('when two campaigns %s', (_what, bend) => {
    const codes = told(() => undefined, secondCampaign(bend)).filter((one) =>
      one.startsWith('discounts-without-order'),
    );
    expect(codes).toEqual([]);
    expect(
      told(
        () => undefined,
        secondCampaign(() => undefined),
      ),
    ).toHaveLength(1);
  });

  it('with a document as deep as the limit', () => {
    const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect(isNestedWithinLimit(deep(limits.nesting))).toBe(true);
    expect(isNestedWithinLimit(deep(limits.nesting + 1))).toBe(false);
  });
});
