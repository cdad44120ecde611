/**
 * What does a customer owe for a period, and why? Also called: billing, bill run, 請求計算, 月次料金計算.
 *
 * The one function that decides amounts: preview, dry run, cycle, replay and audit all call it.
 */
import type {
  AccountDocument,
  AccountFacts,
  AllowanceLeft,
  Bill,
  BillingResult,
  BillingState,
  ClawbackBase,
  TraceNode,
  Usage,
  WaitingLines,
} from '#schemas/generated/types.ts';
import { nextMonth } from '#engine/calendar/billing-cycle.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { allowancesAfter } from '#engine/allowances/carried.ts';
import { timelineOf } from '#engine/facts/timeline.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { CountedUsage } from '#engine/usage/count-ahead.ts';
import { countedFrom } from './account-calendar.ts';
import { billOf } from './bill-of-draft.ts';
import { correctionsOf, type Corrected } from './corrections.ts';
import type { BillDraft, Group } from './draft.ts';
import { draftOf } from './draft-of-month.ts';
import { phases } from './phases.ts';
import { BillingProblem } from './problem.ts';

export interface BillOptions {
  readonly trace?: boolean;
  /** For closed months that are worked out again with others: usage of those others is not late for them. */
  readonly lookedAtAgain?: ReadonlySet<string>;
  /** Usage that was counted while it was read, in place of usage in the document: `engine/usage/count-ahead.ts`. */
  readonly counted?: CountedUsage;
  /** Where it is noted how usage was counted, over all bills. */
  readonly waysOfCounting?: WaysOfCounting;
}

/** How often a use was counted for a charge in whole numbers, where these are proven exact, and how often in fractions. */
export interface WaysOfCounting {
  inNumbers: number;
  inFractions: number;
}

/**
 * The bills of every account of `document` for its periods, month by month, and the state they leave behind.
 * Throws a BillingProblem, which names place and values, when the group cannot be billed.
 */
export function bill(document: AccountDocument, release: Release, options: BillOptions = {}): BillingResult {
  const group = groupOf(document, release, options);
  const bills: Bill[] = [];
  const trace: TraceNode[] = [];
  const billedThrough = byAccount(document.previousState?.billedThrough);
  const { corrections, state = document.previousState } = corrected(group);
  let clawbacks: readonly ClawbackBase[] = state?.clawbacks ?? [];
  let allowances: readonly AllowanceLeft[] = state?.allowances ?? [];
  let waiting: readonly WaitingLines[] = state?.waiting ?? [];
  for (const month of monthsOf(document)) {
    const drafts: BillDraft[] = [];
    for (const account of byId(document.accounts)) {
      const root: TraceNode | undefined =
        options.trace === true ? { code: 'trace.bill', values: { account: account.id, month } } : undefined;
      const draft = draftOf(group, account, month, { allowances, clawbacks, waiting, corrections }, root);
      assertNext(account, draft, billedThrough[account.id]);
      workOut(draft);
      if (options.waysOfCounting !== undefined) noteWays(draft, options.waysOfCounting);
      billedThrough[account.id] = draft.period.end;
      bills.push(billOf(draft));
      if (root !== undefined) trace.push(root);
      drafts.push(draft);
      clawbacks = draft.clawbacksAfter;
    }
    allowances = allowancesAfter(allowances, drafts);
    waiting = waitingAfter(drafts);
  }
  const anchors = anchorsOf(group);
  const nextState: BillingState = {
    billedThrough,
    ...(anchors !== undefined ? { anchors } : {}),
    ...(allowances.length > 0 ? { allowances: [...allowances] } : {}),
    ...(clawbacks.length > 0 ? { clawbacks: [...clawbacks] } : {}),
    ...(waiting.length > 0 ? { waiting: [...waiting] } : {}),
  };
  return { bills, nextState, ...(options.trace === true ? { trace } : {}) };
}

/** Without a prototype: a machine learns a new shape for each object that is keyed by a new id, but not for these. */
const byAccount = (before: BillingState['billedThrough'] | undefined): Record<string, CivilDate> =>
  Object.assign(Object.create(null) as Record<string, CivilDate>, before);

/** The days from which periods are counted, of the accounts that are billed so in the last month. */
function anchorsOf(group: Group): BillingState['anchors'] {
  const { document, release } = group;
  if (!someOwn(release)) return undefined;
  const anchors = document.accounts.flatMap((account) => {
    const anchor = countedFrom(group, account, document.periods.last);
    return anchor === undefined ? [] : [[account.id, anchor] as const];
  });
  return anchors.length === 0 ? undefined : Object.fromEntries(anchors);
}

/** Whether any billing cycle leaves closing days to its accounts: most operators have none. */
const someOwn = preparedOnce(({ rulesets }: Release): boolean =>
  rulesets.some((ruleset) => ruleset.kind === 'billingCycle' && ruleset.body.closing === 'own'),
);

function workOut(draft: BillDraft): void {
  for (const phase of phases) {
    if (draft.trace.on) draft.trace.phase(phase.name);
    phase.run(draft);
  }
}

function waitingAfter(drafts: readonly BillDraft[]): readonly WaitingLines[] {
  const waiting: WaitingLines[] = [];
  for (const draft of drafts) if (draft.waitingAfter !== null) waiting.push(draft.waitingAfter);
  return waiting;
}

function noteWays({ products }: BillDraft, ways: WaysOfCounting): void {
  for (const { quantities } of products) {
    for (const { uses, inFractions } of quantities) {
      ways.inFractions += inFractions;
      ways.inNumbers += uses - inFractions;
    }
  }
}

const corrected = ({ document, release, lookedAtAgain }: Group): Corrected =>
  correctionsOf(document, (again) => bill(again, release, { lookedAtAgain }));

/** The billing group of a document: its products with their timelines, and its usage in canonical order. */
export function groupOf(
  document: AccountDocument,
  release: Release,
  { lookedAtAgain = monthsBilled(document), counted = noneCounted }: BillOptions = {},
): Group {
  const products = byId(document.products).map((product) => ({ product, timeline: timelineOf(product) }));
  assertAccountsKnown(document);
  return { document, release, products, usage: usageByProduct(document), counted, lookedAtAgain };
}

const monthsBilled = ({ billed }: AccountDocument): ReadonlySet<string> =>
  billed === undefined ? noMonths : new Set(billed.map(({ month }) => month));

const noMonths: ReadonlySet<string> = new Set();
const noneCounted: CountedUsage = new Map();

function assertAccountsKnown({ accounts, products }: AccountDocument): void {
  for (let index = 0; index < products.length; index += 1) {
    const { id, account } = products[index]!;
    if (account === accounts[0]?.id || accounts.some((known) => known.id === account)) continue;
    throw new BillingProblem('account-unknown', `/products/${index}/account`, { product: id, account });
  }
}

/**
 * In canonical order, start and then key, so that the order of files never matters. What is read from where it is kept is in
 * that order, product by product as a rule: each run of one product is taken as it stands.
 */
function usageByProduct({ usage = [], products }: AccountDocument): ReadonlyMap<string, readonly Usage[]> {
  if (usage.length === 0) return noUsage;
  const known = new Set(products.map(({ id }) => id));
  const byProduct = new Map<string, readonly Usage[]>();
  const gathered = new Map<string, Usage[]>();
  let inOrder = true;
  let begins = 0;
  for (let at = 1; at <= usage.length; at += 1) {
    const before = usage[at - 1]!;
    const use = usage[at];
    if (use !== undefined && use.product === before.product) {
      inOrder &&= before.startedAt < use.startedAt || byStart(before, use) <= 0;
      continue;
    }
    const { id, product } = usage[begins]!;
    if (!known.has(product))
      throw new BillingProblem('product-unknown', `/usage/${begins}/product`, { usage: id, product });
    const run = begins === 0 && at === usage.length ? usage : usage.slice(begins, at);
    const earlier = byProduct.get(product);
    if (earlier === undefined) byProduct.set(product, run);
    else {
      inOrder &&= byStart(earlier.at(-1)!, run[0]!) <= 0;
      const all = gathered.get(product) ?? [...earlier];
      gathered.set(product, all);
      byProduct.set(product, all);
      for (const each of run) all.push(each);
    }
    begins = at;
  }
  if (!inOrder) for (const [product, uses] of byProduct) byProduct.set(product, uses.toSorted(byStart));
  return byProduct;
}

const noUsage: ReadonlyMap<string, readonly Usage[]> = new Map();

const byStart = (a: Usage, b: Usage): number => compareText(a.startedAt, b.startedAt) || compareText(a.id, b.id);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function byId<T extends { readonly id: string }>(rows: readonly T[]): readonly T[] {
  for (let at = 1; at < rows.length; at += 1) {
    if (rows[at - 1]!.id > rows[at]!.id) return rows.toSorted((a, b) => compareText(a.id, b.id));
  }
  return rows;
}

/** A century of bills at a time, and some years before the calendar ends: terms and due days reach beyond a period. */
const MOST_MONTHS = 1_200;
const LAST_MONTH = '9899-12';

function monthsOf(document: AccountDocument): readonly string[] {
  const { first, last } = document.periods;
  if (first === last && last <= LAST_MONTH) return [first];
  if (last < first) throw new BillingProblem('periods-reversed', '/periods', { first, last });
  const count = (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12;
  if (count > MOST_MONTHS || last > LAST_MONTH)
    throw new BillingProblem('periods-too-many', '/periods', { first, last, most: `${MOST_MONTHS}`, end: LAST_MONTH });
  const months: string[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

/** A month is billed once, and no month is left out. */
function assertNext(account: AccountFacts, draft: BillDraft, through: CivilDate | undefined): void {
  if (through === undefined || through === draft.period.start) return;
  const code = draft.period.start < through ? 'period-already-billed' : 'period-skipped';
  throw new BillingProblem(code, '/previousState/billedThrough', {
    account: account.id,
    start: draft.period.start,
    billedThrough: through,
  });
}
