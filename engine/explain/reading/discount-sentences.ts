/**
 * How is a discount said: who gets it, for how long, what comes off what?
 * Also called: campaign description, 割引・キャンペーンの読み方.
 */
import { costOfGrant } from '#engine/discounts/grant-limits.ts';
import { saidCondition } from '#engine/explain/said-condition.ts';
import { saidEffect } from '#engine/explain/said-effect.ts';
import {
  saidChoice,
  saidMoney,
  saidName,
  saidNumber,
  saidPeriod,
  type Naming,
  type SaidValue,
} from '#engine/explain/said.ts';
import type {
  BundleDiscountBody,
  CampaignBody,
  Condition,
  Discount,
  DiscountRounding,
  DiscountTarget,
  Stacking,
  TenureDiscountBody,
} from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { given, say } from './page.ts';

export function campaignSentences(body: CampaignBody, naming: Naming): Said[] {
  const { triggers, window, eligibility, grant = 'automatic', duration, priority, stacking, clawback } = body;
  return [
    say('campaign', { triggers: triggers.map((each) => saidChoice('ProductEvent', each)), window: saidPeriod(window) }),
    ...only(eligibility, naming),
    say(`campaign.grant.${grant}`),
    ...limitSentences(body, naming),
    ...given(body.coupon, (coupon) => [
      coupon.use === 'shared' ? say('campaign.coupon.shared', { code: coupon.code }) : say('campaign.coupon.single'),
    ]),
    say(`campaign.duration.${duration.countedFrom}`, {
      months: duration.months === null ? 'none' : String(duration.months),
    }),
    ...body.discounts.flatMap((discount) => discountSentences(discount, naming)),
    ...together(stacking, priority),
    ...given(clawback, ({ withinMonths, recover }) => [
      say(`campaign.clawback.${recover}`, { months: String(withinMonths) }),
    ]),
  ];
}

function limitSentences(body: CampaignBody, naming: Naming): Said[] {
  const { inAll, perCustomer, budget } = body.limits ?? {};
  const cost = costOfGrant(body);
  return [
    ...given(inAll, (most) => [say('campaign.limit.inAll', { most: saidNumber(most) })]),
    ...given(perCustomer, (most) => [say('campaign.limit.perCustomer', { most: String(most) })]),
    ...given(budget, ({ amount }) => [
      say('campaign.limit.budget', {
        budget: saidMoney(amount, naming),
        cost: cost === undefined ? '?' : saidMoney(cost, naming),
      }),
    ]),
  ];
}

export function tenureSentences(body: TenureDiscountBody, naming: Naming): Said[] {
  const { countedFrom, judgedOn, eligibility, target, base = 'remaining', rounding, steps } = body;
  return [
    say('tenure', {
      countedFrom: saidChoice('countedFrom', countedFrom),
      judgedOn: saidChoice('judgedOn', judgedOn),
      target: saidTarget(target, naming),
    }),
    ...only(eligibility, naming),
    ...steps.map(({ fromYear, effect }, index) =>
      say('tenure.step', {
        from: String(fromYear),
        to: steps[index + 1] === undefined ? 'none' : String(steps[index + 1]!.fromYear - 1),
        effect: saidEffect(effect, naming),
      }),
    ),
    ...(base === 'list' ? [say('discount.base.list')] : []),
    ...given(rounding, discountRounding),
  ];
}

export function bundleSentences(body: BundleDiscountBody, naming: Naming): Said[] {
  const { requires, eligibility, onBreak, whileSuspended, discounts, allIn, stacking, priority } = body;
  return [
    say('bundle', {
      services: requires.services ?? 'none',
      offerings: requires.offerings?.map((id) => saidName('offering', id, naming)) ?? 'none',
    }),
    ...only(eligibility, naming),
    say(`bundle.onBreak.${onBreak}`),
    ...(whileSuspended === 'broken' ? [say('bundle.suspensionBreaks')] : []),
    ...discounts.flatMap((discount) => discountSentences(discount, naming)),
    ...given(allIn, ({ name, price, charges, alsoApply }) => [
      say('bundle.allIn', {
        name,
        price: saidMoney(price, naming),
        charges: charges.map((id) => saidName('charge', id, naming)),
        alsoApply: alsoApply?.map((id) => saidName('discount', id, naming)) ?? 'none',
      }),
    ]),
    ...together(stacking, priority),
  ];
}

function discountSentences({ name, effect, target, base = 'remaining', rounding }: Discount, naming: Naming): Said[] {
  return [
    say('discount', { name, target: saidTarget(target, naming), effect: saidEffect(effect, naming) }),
    ...(base === 'list' ? [say('discount.base.list')] : []),
    ...given(rounding, discountRounding),
  ];
}

export const discountRounding = ({ mode, on }: DiscountRounding): Said[] => [
  say('discount.rounding', { mode: saidChoice('RoundingMode', mode), on: saidChoice('on', on) }),
];

function saidTarget({ charges, services, offerings }: DiscountTarget, naming: Naming): SaidValue {
  return say('discount.target', {
    charges: charges.map((id) => saidName('charge', id, naming)),
    services: services ?? 'none',
    offerings: offerings?.map((id) => saidName('offering', id, naming)) ?? 'none',
  });
}

export const only = (condition: Condition | undefined, naming: Naming): readonly Said[] =>
  given(condition, (eligibility) => [say('only', { condition: saidCondition(eligibility, naming) })]);

const together = (stacking: Stacking | undefined, priority: number | undefined): Said[] => [
  ...given(stacking, ({ group, policy }) => [say(`stacking.${policy}`, { group })]),
  ...given(priority, (number) => [say('priority', { number: saidNumber(number) })]),
];
