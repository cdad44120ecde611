/**
 * By which billing cycles has a group been billed, and where does its period of a month end?
 * The accounts of a group move from one cycle to another together, and where closing days are their own they share one anchor: the
 * day that earlier bills were counted from, or the first start there is. Also called: 締め日の変更, 応当日, 請求単位の期間.
 */
import { closingUntil } from '#engine/billing/account-calendar.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { nextMonth, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { DocumentFrame } from '#runtime/cycles/document-of.ts';
import type { CycleOfAccount } from '#runtime/cycles/billed-before.ts';
import type { GroupRows } from '#runtime/cycles/group-rows.ts';
import type { AccountChange, AccountFacts } from '#schemas/generated/types.ts';

type Rows = Pick<GroupRows, 'accounts' | 'products' | 'previous'>;

/** The accounts of the document, with their moves. */
export function accountsOf(rows: Rows, { legalEntity, billingCycle, release, month }: DocumentFrame): AccountFacts[] {
  return rows.accounts.map(({ id, cycles = [] }) => {
    const [begins = { billingCycle }, ...history] = movesOf(cycles);
    const isOwn = [begins, ...history].some(
      (each) => release.inForce('billingCycle', each.billingCycle, `${month}-01`)?.body.closing === 'own',
    );
    const anchor = isOwn ? anchorOf(rows) : undefined;
    const counted = anchor === undefined ? {} : { anchor };
    return {
      ...{ id, billingCycle: begins.billingCycle, ...counted },
      ...(history.length > 0 && { history: history.map((move) => ({ ...move, ...counted })) }),
      legalEntity,
    };
  });
}

const anchorOf = ({ previous, products }: Rows): CivilDate | undefined =>
  Object.values(previous?.state.anchors ?? {})[0] ??
  products.flatMap(({ history }) => history[0]?.valid_from ?? []).sort()[0];

/** A cycle holds from the first month on whose first calendar day it does: `members.ts`. */
function movesOf(cycles: readonly CycleOfAccount[]): AccountChange[] {
  const moves: AccountChange[] = [];
  for (const { valid_from: day, billing_cycle: billingCycle } of cycles) {
    const from = day.endsWith('-01') ? day.slice(0, 7) : nextMonth(day.slice(0, 7));
    if (moves.at(-1)?.from === from) moves.pop();
    if (moves.at(-1)?.billingCycle !== billingCycle) moves.push({ from, billingCycle });
  }
  return moves;
}

/** By what the periods of the group close, up to and with the month of the frame. */
export function closingOf(rows: Rows, frame: DocumentFrame): Closing {
  const [account] = accountsOf(rows, frame);
  if (account === undefined || (account.history === undefined && account.anchor === undefined)) return frame.closingDay;
  return closingUntil({ release: frame.release, document: {}, products: [] }, account, frame.month);
}

/** The first day after the group's period in the month of the frame, which ends at `usual` for all that have not moved. */
export function periodEndOf(rows: Rows, frame: DocumentFrame, usual: CivilDate): CivilDate {
  try {
    const closing = closingOf(rows, frame);
    return closing === frame.closingDay ? usual : periodOfMonth(frame.month, closing).end;
  } catch (error) {
    // The bill says the same of the group, and sets it aside.
    if (error instanceof BillingProblem) return usual;
    throw error;
  }
}
