/**
 * By which billing cycle is an account billed in a month, and from which day to which?
 * An account may move to another cycle, and where the cycle says so its closing day is its own: a day of the month, or the day
 * before the corresponding day of its anchor. Also called: change of billing cycle, anniversary billing, 締め日の変更, 個別締め日, 応当日.
 */
import type { AccountChange, AccountDocument, AccountFacts, Product } from '#schemas/generated/types.ts';
import {
  monthsLater,
  sectionsOfMonth,
  type Closing,
  type ClosingRule,
  type Section,
} from '#engine/calendar/billing-cycle.ts';
import { addMonths, dayOfMonth, lastDayOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import { BillingProblem } from './problem.ts';

/** Where the rules are, and the products of which the first start is the anchor, unless an earlier bill has said which it is. */
interface Whose {
  readonly release: Release;
  readonly document: Pick<AccountDocument, 'previousState'>;
  readonly products: readonly { readonly product: Pick<Product, 'account' | 'startsOn'> }[];
}

type Cycle = RulesetOf<'billingCycle'>;

export interface AccountCalendar {
  readonly cycle: Cycle;
  readonly closing: Closing;
  readonly period: Period;
  /** The period cut where regular periods meet: more than one, or one of a longer month, where the closing day has changed. */
  readonly sections: readonly Section[];
  readonly dueOn: CivilDate;
}

/** Throws a BillingProblem where no version of the cycle is in force on the first day of the month. */
export function calendarOf(group: Whose, account: AccountFacts, month: string): AccountCalendar {
  const cycle = cycleOf(group, account, settingIn(account, month).billingCycle, month);
  if (isOfCycle(account, cycle)) return calendarOfCycle(cycle, month);
  return calendarBy(cycle, closingOf(group, account, cycle, month), month);
}

/** By what the periods of the account close, as it is known in the month: what changes later does not count yet. */
export function closingUntil(group: Whose, account: AccountFacts, month: string): Closing {
  const cycle = cycleOf(group, account, settingIn(account, month).billingCycle, month);
  return isOfCycle(account, cycle) ? cycle.body.closingDay : closingOf(group, account, cycle, month);
}

const isOfCycle = ({ history, closingDay }: AccountFacts, { body }: Cycle): boolean =>
  history === undefined && closingDay === undefined && body.closing !== 'own';

const calendarOfCycle = preparedBy((cycle: Cycle, month: string) => calendarBy(cycle, cycle.body.closingDay, month));

function calendarBy(cycle: Cycle, closing: Closing, month: string): AccountCalendar {
  const sections = sectionsOfMonth(month, closing);
  const period =
    sections.length === 1
      ? sections[0]!.period
      : { start: sections[0]!.period.start, end: sections.at(-1)!.period.end };
  return { cycle, closing, period, sections, dueOn: dueDay(month, cycle.body.due) };
}

type Setting = Pick<AccountFacts, 'billingCycle' | 'closingDay' | 'anchor'>;

/** How the account is billed in the month: as it is written, or as it was changed last by then. */
export function settingIn(account: AccountFacts, month: string): Setting {
  if (account.history === undefined) return account;
  return changesOf(account).findLast(({ from }) => from <= month) ?? account;
}

const changesOf = ({ history = [] }: AccountFacts): readonly AccountChange[] =>
  history.toSorted((a, b) => (a.from < b.from ? -1 : 1));

/** Up to and with the month: what changes later is known then. */
function closingOf(group: Whose, account: AccountFacts, cycle: Cycle, month: string): Closing {
  const changes = changesOf(account).filter(({ from }) => from <= month);
  const [first, ...later] = [account, ...changes].map((setting, at): { from: string; to: ClosingRule } => {
    const next = changes[at];
    const of = next === undefined ? cycle : cycleOf(group, account, setting.billingCycle, monthsLater(next.from, -1));
    assertSameCurrency(account, of, cycle);
    return { from: 'from' in setting ? setting.from : '', to: ruleOf(group, account, setting, of) };
  });
  return later.length === 0 ? first!.to : { first: first!.to, changes: later };
}

function ruleOf(group: Whose, account: AccountFacts, setting: Setting, { id, body }: Cycle): ClosingRule {
  const path = `/accounts/${account.id}/closingDay`;
  if (body.closing !== 'own') {
    if (setting.closingDay === undefined) return body.closingDay;
    throw new BillingProblem('closing-day-not-own', path, { account: account.id, billingCycle: id });
  }
  if (setting.closingDay !== undefined) return setting.closingDay;
  const anchor = anchorOf(group, account, setting);
  return anchor === undefined ? body.closingDay : { anniversary: dayOfMonth(anchor) };
}

/** From which day the periods of the account are counted where they are counted from one; undefined where they are not. */
export function countedFrom(group: Whose, account: AccountFacts, month: string): CivilDate | undefined {
  const setting = settingIn(account, month);
  const isOwn = cycleOf(group, account, setting.billingCycle, month).body.closing === 'own';
  return isOwn && setting.closingDay === undefined ? anchorOf(group, account, setting) : undefined;
}

/** What has been counted from stays, though a product turns out to have begun earlier. */
const anchorOf = ({ document, products }: Whose, { id }: AccountFacts, { anchor }: Setting): CivilDate | undefined =>
  anchor ??
  document.previousState?.anchors?.[id] ??
  products
    .filter(({ product }) => product.account === id)
    .map(({ product }) => product.startsOn)
    .sort()[0];

function assertSameCurrency({ id }: AccountFacts, a: Cycle, b: Cycle): void {
  if (a.body.currency === b.body.currency) return;
  const values = { account: id, before: a.body.currency, after: b.body.currency };
  throw new BillingProblem('account-currency-changed', `/accounts/${id}/history`, values);
}

function cycleOf({ release }: Whose, { id }: AccountFacts, billingCycle: string, month: string): Cycle {
  const on: CivilDate = `${month}-01`;
  const found = release.inForce('billingCycle', billingCycle, on);
  if (found !== undefined) return found;
  const ruleset = `billingCycle/${billingCycle}`;
  throw new BillingProblem('ruleset-not-in-force', `/accounts/${id}/billingCycle`, { ruleset, on });
}

/** The due day of the month so many after the one in which the period closes; the last day where there is none. */
function dueDay(closing: string, { monthsAfter, day }: Cycle['body']['due']): CivilDate {
  const month = addMonths(`${closing}-01`, monthsAfter);
  const last = lastDayOfMonth(month);
  const wanted = `${month.slice(0, 8)}${String(day).padStart(2, '0')}`;
  return wanted > last ? last : wanted;
}
