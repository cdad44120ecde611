/**
 * How are tax, rounding and billing cycles said?
 * Also called: billing rules in words, 消費税・端数処理・締め日の読み方.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import {
  saidChoice,
  saidDay,
  saidMoney,
  saidName,
  saidPercent,
  saidPeriod,
  saidRate,
  type Naming,
} from '#engine/explain/said.ts';
import type { BillingCycleBody, RoundingBody, TaxBody } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { boundsSentences, roundingSentences } from './charge-sentences.ts';
import { discountRounding } from './discount-sentences.ts';
import { given, say } from './page.ts';

export function taxSentences(body: TaxBody, naming: Naming): Said[] {
  const { rates, regime = 'oncePerRate', rounding, dateOfSupply, reliefs = [], smallCredits } = body;
  return [
    ...rates.map(({ category, rate, from, to }) =>
      say('tax.rate', {
        category: saidChoice('TaxCategory', category),
        rate: saidRate(rate),
        period: saidPeriod({ from, to }),
      }),
    ),
    say(`tax.regime.${regime}`, { rounding: saidChoice('RoundingMode', rounding) }),
    say('tax.supply', { day: saidChoice('dateOfSupply', dateOfSupply) }),
    ...reliefs.map(({ category, rate, servedSinceBefore, fixedFrom, fixedTo, services, charges }) =>
      say('tax.relief', {
        category: saidChoice('TaxCategory', category),
        rate: saidRate(rate),
        before: saidDay(servedSinceBefore),
        from: saidDay(fixedFrom),
        to: saidDay(addDays(fixedTo, -1)),
        services: services ?? 'none',
        charges,
      }),
    ),
    ...given(smallCredits, ({ below, from, to, law }) => [
      say('tax.smallCredits', { below: saidMoney(below, naming), period: saidPeriod({ from, to }), law }),
    ]),
  ];
}

export function roundingRuleSentences({ line, discount, lineRounding = 'each' }: RoundingBody): Said[] {
  return [say(`rounding.${lineRounding}`), ...roundingSentences(line), ...discountRounding(discount)];
}

export function billingCycleSentences(body: BillingCycleBody, naming: Naming): Said[] {
  const { closingDay, closing, due, currency, tax, rounding, discountOrder, bounds, lateInterest } = body;
  return [
    say('cycle', { closing: String(closingDay), months: String(due.monthsAfter), day: String(due.day), currency }),
    ...(closing === 'own' ? [say('cycle.own')] : []),
    say('cycle.rules', { tax: saidName('tax', tax, naming), rounding: saidName('rounding', rounding, naming) }),
    say('cycle.order', {
      order: (discountOrder ?? ['tenureDiscount', 'bundleDiscount', 'campaign']).map((kind) =>
        saidChoice('discountOrder', kind),
      ),
    }),
    ...given(bounds, (limits) => boundsSentences({ judgedOn: 'net', ...limits }, naming)),
    ...given(lateInterest, ({ name, annualPercent, daysInYear }) => [
      say('cycle.late', { name, percent: saidPercent(annualPercent), days: String(daysInYear) }),
    ]),
  ];
}
