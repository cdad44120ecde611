/**
 * How is an order worked out and written?
 * From what is known of the customer's group, by the same function that simulates a change; then row by row, under one
 * knowledge number. Also called: order placement, 申込みの登録.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { knownNow } from '#runtime/customers/known-now.ts';
import { readAccounts, readCustomer, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { RecordingTx } from '#runtime/db/scope.ts';
import { numbered } from '#runtime/orders/product-numbers.ts';
import { alignIdentifiers, handOnIdentifiers, writeIdentifiers } from '#runtime/orders/identifiers.ts';
import { grantsAskedFor, grantsRefused, writeGrants } from '#runtime/orders/grants.ts';
import { orderNumber, writeOrderRow, writeProducts } from '#runtime/orders/write.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { changedDocument, type Changed, type NotAllowed } from '#runtime/simulation/changed-document.ts';
import type { ProductOrder } from '#schemas/generated/types.ts';

export type ToPlace = {
  readonly customerId: string;
  /** The account whose billing cycle decides on periods; by default the first. */
  readonly account?: string;
  readonly order: ProductOrder;
};

export type Placed = {
  readonly order: string;
  readonly customer: CustomerRecord;
  /** With days and numbers filled in. */
  readonly from: CivilDate;
  readonly appliedOn: CivilDate;
  readonly products: readonly string[];
} & Pick<Changed, 'taken' | 'notes' | 'successors'>;

/** Writes the order in the transaction, or says why it may not be: every reason at once. Nothing is written then. */
export async function placeIn(
  tx: RecordingTx,
  actor: Actor,
  { customerId, account: asked, order }: ToPlace,
  release: Release,
  today: CivilDate,
): Promise<Placed | NotAllowed> {
  const customer = await readCustomer(tx, customerId);
  await holdOrders(tx, customer.groupId);
  const accounts = await readAccounts(tx, customer);
  const account = accounts.find(({ id }) => asked === undefined || id === asked);
  if (account === undefined) throw new Refusal('account-unknown', { account: asked ?? '' }, 404);
  const known = await knownNow(tx, actor.tenantId, customer, account, release, today);
  const from = order.from ?? known.period.end;
  const appliedOn = order.appliedOn ?? (from < today ? from : today);
  assertDays(from, appliedOn, today);
  const { changes, successorNumbers } = await numbered(tx, customer, order.changes);
  const before = known.document;
  const given = { changes, from, appliedOn, reachesBack: true, successorNumbers };
  const changed = changedDocument(before, given, release, known.closing);
  if ('refusals' in changed) return changed;
  const number = await holdBillingFacts(tx, actor.tenantId, [customer.shard]);
  const place = { tenantId: actor.tenantId, shard: customer.shard, groupId: customer.groupId, number };
  const grants = grantsAskedFor(changes, before, changed.document, release);
  const refusals = await grantsRefused(tx, place, customerId, grants);
  if (refusals.length > 0) return { refusals };
  const id = orderNumber(place);
  const products = await writeProducts(tx, place, known.rows, before, changed.document);
  await writeGrants(tx, place, id, grants);
  await writeIdentifiers(tx, place, changes, changed.document);
  await alignIdentifiers(tx, place, products);
  await handOnIdentifiers(tx, place, changed.successors);
  const placed = { ...order, changes: [...changes] };
  await writeOrderRow(tx, actor, place, { customerId, order: placed, from, appliedOn });
  const { taken, notes, successors } = changed;
  return { order: id, customer, from, appliedOn, products, taken, notes, successors };
}

/** One writer of a group's orders at a time: each begins from what the one before has left. */
export async function holdOrders(tx: RecordingTx, groupId: string): Promise<void> {
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('order/' || $1, 0))`, [groupId]);
}

const FURTHEST_AHEAD_DAYS = 5 * 366;

function assertDays(from: CivilDate, appliedOn: CivilDate, today: CivilDate): void {
  if (appliedOn > today) throw new Refusal('order-applied-later', { path: '/appliedOn', appliedOn, today }, 422);
  const last = addDays(today, FURTHEST_AHEAD_DAYS);
  if (from > last) throw new Refusal('order-too-far-ahead', { path: '/from', from, last }, 422);
}
