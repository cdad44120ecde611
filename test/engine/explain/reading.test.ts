/**
 * Does every ruleset read as a page of plain Japanese and English?
 * Golden text of the demo carrier: written down once, read and checked by hand against the rulesets.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namingOf } from '#engine/diff/meaning/release-meaning.ts';
import { readRuleset } from '#engine/explain/reading/read-ruleset.ts';
import { readingText } from '#runtime/cli/reading-text.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { operators, rulesetsOf } from '../../rulesets/shipped.ts';

const golden = (name: string): string => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');

/** One of each kind that the carrier has, and of other operators what it does not have. */
const pages: readonly [string, string][] = [
  ...(['ratePlan/smartphone-m', 'ratePlan/smartphone-rollover', 'offering/smartphone-m-two-year'] as const),
  ...([
    'campaign/half-price-two-months',
    'tenureDiscount/mobile-tenure',
    'bundleDiscount/mobile-internet-set',
  ] as const),
  ...(['term/two-year', 'penalty/two-year-cancellation', 'tax/consumption-tax', 'rounding/yen-down'] as const),
  ...(['billingCycle/month-end', 'fileFormat/exchange-calls', 'invoiceTemplate/standard-invoice'] as const),
].map((key): [string, string] => ['kanade-mobile', key]);
const others: readonly [string, string][] = [
  ['kanade-fibre', 'ratePlan/ip-phone'],
  ['kanade-fibre', 'statutoryFee/universal-service'],
  ['kanade-pantry', 'ratePlan/food-box-2-weeks'],
  ['kanade-pantry', 'campaign/welcome-coupon'],
  ['kanade-fitness', 'ratePlan/gym'],
  ['kanade-fitness', 'ratePlan/pool'],
  ['kanade-fitness', 'ratePlan/locker'],
  ['kanade-fitness', 'ratePlan/studio-yearly'],
  ...(
    [
      ...(['premium-next-day', 'pass-yearly', 'pass-april', 'meter-graduated', 'steps-when-used'] as const),
      ...(['card-payments', 'calls-half-up', 'first-payments-free'] as const),
    ] as const
  ).map((id): [string, string] => ['conventions', `ratePlan/${id}`]),
  ['conventions', 'campaign/welcome-by-day'],
  ['conventions', 'campaign/shared-out'],
];

function page([operator, key]: [string, string], locale: Locale): string {
  const rulesets = rulesetsOf(operator);
  const ruleset = rulesets.findLast(({ kind, id }) => `${kind}/${id}` === key)!;
  return readingText(ruleset, namingOf(rulesets), words(locale));
}

describe('a ruleset', () => {
  it.each(['ja', 'en'] as const)('of the demo reads as a page (%s)', (locale) => {
    const text = [...pages, ...others].map((each) => page(each, locale)).join('\n\n\n');
    expect(`${text}\n`).toBe(golden(`rulesets.${locale}`));
  });

  it.each(operators)('of %s has words for everything that it says', (operator) => {
    const rulesets = rulesetsOf(operator);
    const naming = namingOf(rulesets);
    for (const locale of ['ja', 'en'] as const) {
      const say = words(locale);
      const silent = (ruleset: Ruleset): string[] =>
        readRuleset(ruleset, naming).flatMap(({ sentences }) =>
          // A sentence whose words or values are missing shows its code.
          sentences
            .map(({ code, values }) => say.render(code, values))
            .filter((text) => /\b(reading|said)\.[a-z]/.test(text)),
        );
      expect(rulesets.flatMap(silent)).toEqual([]);
    }
  });

  it.each([
    [
      'ja',
      '「コミコミセット」：テレビ 基本料、インターネット 基本料 は合わせて 7,500 円です。その後の割引は、新生活応援キャンペーン だけをこの価格から引きます。',
    ],
    [
      'en',
      '“All-in set”: Television, basic fee, Internet, basic fee cost ¥7,500 together; of later discounts only New-life support campaign is taken off that.',
    ],
  ] as const)('names the discounts that a price for all still leaves room for (%s)', (locale, sentence) => {
    expect(page(['kanade-cable', 'bundleDiscount/all-in'], locale)).toContain(sentence);
  });

  it('says more of a plan than of an empty one: each charge has its section', () => {
    const plan = rulesetsOf('kanade-mobile').find(({ kind, id }) => kind === 'ratePlan' && id === 'smartphone-m');
    expect(readRuleset(plan!, {}).map(({ at }) => at)).toEqual([
      '',
      ...[0, 1, 2, 3, 4, 5, 6].map((index) => `/body/charges/${index}`),
    ]);
  });
});
