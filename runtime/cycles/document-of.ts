/**
 * How do the rows of a billing group become the account document that `bill` computes from?
 * Pure, so that the cycle, the explanation of a line and a test all build the same document. Also called: billing input, 口座文書, 請求単位.
 */
import { monthOfDate, nextMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type {
  AdjustmentRow,
  AgreementRow,
  CustomerRow,
  GroupRows,
  HistoryRow,
  UsageRow,
} from '#runtime/cycles/group-rows.ts';
import { accountsOf, closingOf } from '#runtime/cycles/closing-of-group.ts';
import { monthsAgain } from '#runtime/cycles/months-again.ts';
import type {
  AccountDocument,
  Adjustment,
  CustomerFacts,
  NegotiatedPrice,
  Product,
  ProductChange,
  Usage,
} from '#schemas/generated/types.ts';

/** What the cycle adds to the rows of a group. */
export type DocumentFrame = {
  readonly legalEntity: string;
  readonly billingCycle: string;
  readonly closingDay: number;
  readonly month: string;
  readonly firstMonth: string;
  readonly release: Release;
};

/**
 * The document of a group, or undefined when nothing was ever sold to it. Throws BillingProblem when its rows contradict one another.
 * Usage of a product whose service is no longer known of goes in, for `bill` to object to: it must not be lost.
 */
export function documentOf(
  rows: GroupRows,
  usageOfGroup: readonly UsageRow[],
  frame: DocumentFrame,
): AccountDocument | undefined {
  const document = wholeDocument(rows, usageOfGroup, frame);
  return document.products.length === 0 && document.usage === undefined ? undefined : document;
}

/** The same, also of a group to which nothing was ever sold: what an order begins from. */
export function wholeDocument(
  rows: GroupRows,
  usageOfGroup: readonly UsageRow[],
  frame: DocumentFrame,
): AccountDocument {
  const usage = usageOfProducts(rows, usageOfGroup);
  const products = rows.products.filter(({ history }) => history.length > 0).map(productOf);
  const grants = rows.grants.map(({ campaign, product_id, granted_on }) => ({
    campaign,
    product: product_id,
    grantedOn: granted_on,
  }));
  const held = new Set(products.map(({ id }) => id));
  const agreed = rows.agreements.filter(({ product_id }) => product_id === null || held.has(product_id));
  const again = rows.again;
  const ids = rows.accounts.map(({ id }) => id);
  const accounts = accountsOf(rows, frame);
  const closing = closingOf(rows, frame);
  const billed = again === undefined ? [] : monthsAgain(again, ids, { closing, firstMonth: frame.firstMonth });
  const adjustments = rows.adjustments.filter(({ account_id }) => ids.includes(account_id));
  return {
    customer: customerOf(rows),
    accounts,
    products,
    ...(grants.length > 0 && { grants }),
    ...(agreed.length > 0 && { negotiatedPrices: agreed.map(agreementOf) }),
    ...(usage.length > 0 && { usage: usage.map(usageOf) }),
    ...(adjustments.length > 0 && { adjustments: adjustments.map(adjustmentOf) }),
    ...(billed.length > 0 && { billed: [...billed] }),
    ...(rows.previous && { previousState: rows.previous.state }),
    periods: { first: firstMonthOf(rows, products, closing, frame), last: frame.month },
  };
}

/** The usage of products on the accounts that are billed here. */
export function usageOfProducts({ products }: GroupRows, usage: readonly UsageRow[]): readonly UsageRow[] {
  const ofTheseAccounts = new Set(products.map(({ id }) => id));
  return usage.filter(({ product_id }) => ofTheseAccounts.has(product_id));
}

/** The month after the one last billed; for a group never billed the month of its first day of service. */
function firstMonthOf(
  { previous }: GroupRows,
  products: readonly Product[],
  closing: Closing,
  frame: DocumentFrame,
): string {
  if (previous !== undefined) return nextMonth(previous.month);
  const started = products.map(({ startsOn }) => monthOfDate(startsOn, closing));
  const earliest = started.reduce((a, b) => (a < b ? a : b), frame.month);
  return earliest > frame.firstMonth ? earliest : frame.firstMonth;
}

/** The customer of the group's first account: the one who pays. */
function customerOf({ groupId, accounts, customers }: GroupRows): CustomerFacts {
  const payer: CustomerRow | undefined = customers.find(({ id }) => id === accounts[0]?.customer_id);
  if (payer === undefined) throw new BillingProblem('customer-missing', '/customer', { group: groupId });
  const { id, type, segment, birth_date, standings = [] } = payer;
  return {
    ...{ id, type },
    ...(segment !== null && { segment }),
    ...(birth_date !== null && { birthDate: birth_date }),
    ...(standings.length > 0 && {
      history: standings.map((row) => ({ from: row.valid_from, type: row.type, segment: row.segment })),
    }),
  };
}

function productOf({
  id,
  account_id,
  event,
  applied_on,
  tenure_from,
  history,
}: GroupRows['products'][number]): Product {
  assertUnbroken(id, history);
  const first = history[0]!;
  const last = history.at(-1)!;
  const changes = changesOf(history);
  return {
    id,
    account: account_id,
    offering: first.offering,
    ...(first.rate_plan_version !== null && { ratePlanVersion: first.rate_plan_version }),
    ...(first.quantity !== '1' && { quantity: first.quantity }),
    event,
    appliedOn: applied_on,
    startsOn: first.valid_from,
    endsOn: last.valid_to,
    ...(last.valid_to !== null && last.end_reason !== null && { endReason: last.end_reason }),
    ...(last.document_received_on !== null && { documentReceivedOn: last.document_received_on }),
    ...(tenure_from !== first.valid_from && { tenureFrom: tenure_from }),
    ...(changes.length > 0 && { history: changes }),
  };
}

/** A product's rows meet without a gap and without an overlap. */
function assertUnbroken(product: string, history: readonly HistoryRow[]): void {
  history.slice(1).forEach((row, index) => {
    const before = history[index]!;
    if (before.valid_to === row.valid_from) return;
    const values = { product, to: before.valid_to ?? '', from: row.valid_from };
    throw new BillingProblem('product-history-broken', `/products/${product}/history`, values);
  });
}

/** What changed from row to row. A product that starts suspended is so from its first day. */
function changesOf(history: readonly HistoryRow[]): ProductChange[] {
  const first = history[0]!;
  const start: ProductChange[] = first.status === 'suspended' ? [{ from: first.valid_from, status: 'suspended' }] : [];
  return [
    ...start,
    ...history.slice(1).flatMap((row, index) => {
      const before = history[index]!;
      const change = {
        ...(row.offering !== before.offering && { offering: row.offering }),
        // A version belongs to its plan: with another offering it is said again, even where its number is the same.
        ...((row.rate_plan_version !== before.rate_plan_version ||
          (row.offering !== before.offering && row.rate_plan_version !== null)) && {
          ratePlanVersion: row.rate_plan_version,
        }),
        ...(row.bound_by !== before.bound_by && { boundBy: row.bound_by }),
        ...(row.quantity !== before.quantity && { quantity: row.quantity }),
        ...(row.status !== before.status && { status: row.status }),
        ...(row.event !== null && { event: row.event }),
        ...(row.event !== null && row.applied_on !== null && { appliedOn: row.applied_on }),
      };
      return Object.keys(change).length > 0 ? [{ from: row.valid_from, ...change }] : [];
    }),
  ];
}

function agreementOf({
  id,
  product_id,
  charge,
  rate_plan,
  valid_from,
  valid_to,
  price,
}: AgreementRow): NegotiatedPrice {
  return {
    id,
    ...(product_id !== null && { product: product_id }),
    charge,
    ...(rate_plan !== null && { ratePlan: rate_plan }),
    valid: { from: valid_from, to: valid_to },
    price,
  };
}

function adjustmentOf(row: AdjustmentRow): Adjustment {
  const { id, account_id, counted_on, name, amount, tax_category, tax_included } = row;
  const taxed = { taxCategory: tax_category, ...(tax_included && { taxIncluded: true }) };
  return { id, account: account_id, on: counted_on, name, amount, ...taxed };
}

export function usageOf(row: UsageRow): Usage {
  const { event_key: id, product_id: product, meter, started_at: startedAt, quantity, attributes } = row;
  return hasAny(attributes)
    ? { id, product, meter, startedAt, quantity, attributes }
    : { id, product, meter, startedAt, quantity };
}

function hasAny(attributes: UsageRow['attributes']): boolean {
  for (const _ in attributes) return true;
  return false;
}
