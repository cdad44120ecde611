/**
 * How are offerings, terms, penalties and legal fees said?
 * Also called: contract terms in words, 商品・契約期間・違約金の読み方.
 */
import { saidCondition } from '#engine/explain/said-condition.ts';
import { saidChoice, saidDay, saidMoney, saidName, saidPeriod, type Naming } from '#engine/explain/said.ts';
import type { OfferingBody, PenaltyBody, PenaltyFee, StatutoryFeeBody, TermBody } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { only } from './discount-sentences.ts';
import { given, say } from './page.ts';

export function offeringSentences(body: OfferingBody, naming: Naming): Said[] {
  const names = (kind: 'offering' | 'term', ids: readonly string[]) => ids.map((id) => saidName(kind, id, naming));
  return [
    say('offering', { service: body.service, plan: saidName('ratePlan', body.ratePlan, naming) }),
    say('offering.sales', { sales: saidPeriod(body.sales) }),
    ...given(body.term, (term) => [
      say('offering.term', { terms: names('term', [term, ...(body.furtherTerms ?? [])]) }),
    ]),
    ...given(body.withoutTerm, (id) => [say('offering.withoutTerm', { offering: saidName('offering', id, naming) })]),
    ...given(body.requires, (ids) => [say('offering.requires', { offerings: names('offering', ids) })]),
    ...given(body.excludes, (ids) => [say('offering.excludes', { offerings: names('offering', ids) })]),
    ...only(body.eligibility, naming),
  ];
}

export function termSentences(
  { months, renewal, graceMonths, penalty, counted = 'byDay' }: TermBody,
  naming: Naming,
): Said[] {
  return [
    say('term', { months: String(months), counted: saidChoice('counted', counted) }),
    say(`term.renewal.${renewal}`),
    ...(graceMonths > 0 ? [say('term.grace', { months: String(graceMonths) })] : []),
    say('term.penalty', { penalty: penalty === undefined ? 'none' : saidName('penalty', penalty, naming) }),
  ];
}

export function penaltySentences({ fee, cap, waivedWhen, taxCategory }: PenaltyBody, naming: Naming): Said[] {
  return [
    ...feeSentences(fee, naming),
    ...given(cap, (amount) => [say('penalty.cap', { amount: saidMoney(amount, naming) })]),
    ...given(waivedWhen, (condition) => [say('penalty.waived', { condition: saidCondition(condition, naming) })]),
    say('tax', { category: saidChoice('TaxCategory', taxCategory), included: 'false' }),
  ];
}

function feeSentences(fee: PenaltyFee, naming: Naming): Said[] {
  const money = (amount: string): Said => saidMoney(amount, naming);
  switch (fee.model) {
    case 'fixed':
      return [say('penalty.fixed', { amount: money(fee.amount) })];
    case 'oneMonthsCharge':
      return [say('penalty.oneMonthsCharge', { charges: fee.charges.map((id) => saidName('charge', id, naming)) })];
    case 'perRemainingMonth':
      return [say('penalty.perRemainingMonth', { amount: money(fee.amount) })];
    case 'repayDiscount':
      return [say('penalty.repayDiscount', { amount: money(fee.monthlyDiscount) })];
    case 'table':
      return fee.rows.map(({ beforeMonth, amount }, index) =>
        say('penalty.row', {
          from: String(fee.rows[index - 1]?.beforeMonth ?? 0),
          before: beforeMonth === null ? 'none' : String(beforeMonth),
          amount: money(amount),
        }),
      );
    case 'remainder':
      return [say('penalty.remainder', { total: money(fee.total), parts: String(fee.parts) })];
  }
}

export function statutoryFeeSentences(
  { rates, monthsLater = 0, onLastMonth }: StatutoryFeeBody,
  naming: Naming,
): Said[] {
  return [
    ...rates.map(({ from, to, amount }) =>
      say('statutoryFee.rate', {
        from: saidDay(from),
        to: to === null ? 'none' : saidDay(to),
        amount: saidMoney(amount, naming),
      }),
    ),
    ...(monthsLater > 0 ? [say('statutoryFee.later', { months: String(monthsLater) })] : []),
    say(`statutoryFee.lastMonth.${onLastMonth}`),
  ];
}
