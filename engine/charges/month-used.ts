/**
 * How much of a month has a charge asked already, when the month falls into parts? Its parts together are never more than
 * the month. Also called: upper bound of part months, 日割の合計の上限.
 */
import type { Sentence } from '#schemas/generated/types.ts';
import {
  dividedBy,
  greatest,
  isZero,
  least,
  minus,
  ONE,
  plus,
  times,
  toText,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { saidMonth, type Share } from '#engine/proration/proration.ts';
import { amountOf, type BillDraft, type Line } from '#engine/billing/draft.ts';
import type { ChargedPart } from './monthly-parts.ts';

/** Of one charge of one product, plans with a charge of the same id included. */
export interface MonthUsed {
  /** The parts so far, of a month. */
  readonly share: Exact;
  /** What the parts so far have come to, where all of them had the same price for a whole month. */
  readonly asked: { readonly whole: Exact; readonly sum: Exact } | null;
}

/** What a part of a month is of: the charge, and its price for a whole month times the quantity. */
export interface OfMonth {
  readonly product: string;
  readonly charge: string;
  readonly part: ChargedPart;
  readonly whole: Exact;
}

/**
 * The price of a part, or what the parts before have left of the month where that is less: 15 and 16 days of a month
 * taken for 28 days are 15/28 and 13/28 of it; a daily rate of 3.3 rounded up to 4 is 100 for 30 days, not 120.
 */
export function withinMonth(draft: BillDraft, of: OfMonth, worked: Exact): Exact {
  if (isWholeMonth(draft, of)) return worked;
  const used = draft.monthUsed?.get(keyOf(draft, of));
  if (used === undefined) return least(worked, of.whole);
  const rest = times(of.whole, minus(ONE, used.share));
  const isSame = used.asked !== null && isZero(minus(used.asked.whole, of.whole));
  const left = isSame && used.asked !== null ? least(rest, minus(of.whole, used.asked.sum)) : rest;
  return least(worked, greatest(left, ZERO));
}

/** Keeps what the line of a part has asked, for the parts that follow. */
export function useMonth(draft: BillDraft, of: OfMonth, { exact, amount }: Pick<Line, 'exact' | 'amount'>): void {
  if (isWholeMonth(draft, of) || isZero(of.whole)) return;
  draft.monthUsed ??= new Map();
  const before = draft.monthUsed.get(keyOf(draft, of));
  const paid = amountOf(draft, amount);
  draft.monthUsed.set(keyOf(draft, of), {
    share: plus(before?.share ?? ZERO, dividedBy(exact, of.whole)),
    asked: before === undefined ? { whole: of.whole, sum: paid } : askedWith(before, of.whole, paid),
  });
}

/** Why a part asks less than its days say: with the parts before it the month would be more than a month. */
export const restOfMonth = (share: Share, whole: Exact, rest: Exact): Sentence => ({
  code: 'line.month.rest',
  values: { month: toText(whole), days: String(share.days), of: saidMonth(share), rest: toText(rest) },
});

function askedWith({ asked }: MonthUsed, whole: Exact, paid: Exact): MonthUsed['asked'] {
  return asked !== null && isZero(minus(asked.whole, whole)) ? { whole, sum: plus(asked.sum, paid) } : null;
}

const isWholeMonth = ({ base }: BillDraft, { part }: OfMonth): boolean =>
  part.period.start === base.start && part.period.end === base.end;

/** A bill whose closing day has changed has days of two months: each is a month of its own. */
const keyOf = ({ base }: BillDraft, { product, charge }: OfMonth): string => `${product} ${charge} ${base.start}`;
