/**
 * What does leaving before the end of a minimum term cost?
 * Also called: two-year contract penalty, cancellation fee, 年縛り, 2年縛り, 違約金, 解約料, 契約解除料.
 */
import type { PenaltyBody, PenaltyFee, Sentence } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { compare, dividedBy, exact, fromInteger, times, toText, type Exact } from '#engine/money/exact.ts';
import { completeMonths } from '#engine/calendar/term.ts';
import { monthsStarted } from './term-status.ts';

/** A contract left within its term. */
export interface EarlyTermination {
  readonly termStart: CivilDate;
  readonly termEnd: CivilDate;
  /** The first day without service. */
  readonly endsOn: CivilDate;
  /** The list price of a month of the charges named, less permanent discounts. */
  readonly oneMonthsCharge: (charges: readonly string[]) => Exact;
}

export interface Penalty {
  readonly amount: Exact;
  readonly row: string;
  readonly why: Sentence;
}

/**
 * The penalty owed. Left in month 10 of a discount of 1,500 a month, repaying it is 15,000: month 10 counts whole.
 * One month's charge of 2,700 with a cap of 1,000 is 1,000.
 */
export function earlyTerminationPenalty(rule: PenaltyBody, left: EarlyTermination): Penalty {
  const penalty = feeOf(rule.fee, left);
  if (rule.cap === undefined) return penalty;
  const cap = exact(rule.cap);
  if (compare(penalty.amount, cap) <= 0) return penalty;
  return {
    amount: cap,
    row: '/body/cap',
    why: {
      code: 'line.penalty.capped',
      values: { cap: rule.cap, before: toText(penalty.amount), lastDay: addDays(left.termEnd, -1) },
    },
  };
}

function feeOf(fee: PenaltyFee, left: EarlyTermination): Penalty {
  const said = (amount: Exact, values: Record<string, string>): Penalty => ({
    amount,
    row: '/body/fee',
    why: {
      code: `line.penalty.${fee.model}`,
      values: { ...values, amount: toText(amount), lastDay: addDays(left.termEnd, -1) },
    },
  });
  switch (fee.model) {
    case 'fixed':
      return said(exact(fee.amount), {});
    case 'oneMonthsCharge':
      return said(left.oneMonthsCharge(fee.charges), {});
    case 'perRemainingMonth': {
      const months = monthsStarted(left.endsOn, left.termEnd);
      return said(times(exact(fee.amount), fromInteger(BigInt(months))), { months: String(months), each: fee.amount });
    }
    case 'table': {
      const months = Math.max(0, completeMonths(left.termStart, left.endsOn));
      const index = fee.rows.findIndex(({ beforeMonth }) => beforeMonth === null || months < beforeMonth);
      const amount = exact(fee.rows[index]?.amount ?? '0');
      return { ...said(amount, { months: String(months) }), row: `/body/fee/rows/${Math.max(0, index)}` };
    }
    case 'remainder': {
      const parts = Math.max(0, fee.parts - Math.max(0, completeMonths(left.termStart, left.endsOn)));
      const amount = dividedBy(times(exact(fee.total), fromInteger(parts)), fromInteger(fee.parts));
      return said(amount, { left: String(parts), parts: String(fee.parts), total: fee.total });
    }
    case 'repayDiscount': {
      const months = monthsStarted(left.termStart, left.endsOn);
      return said(times(exact(fee.monthlyDiscount), fromInteger(BigInt(months))), {
        months: String(months),
        each: fee.monthlyDiscount,
      });
    }
  }
}
