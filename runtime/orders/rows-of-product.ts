/**
 * How does a product of an account document stand in the tables, stretch by stretch?
 * The way back of `cycles/document-of.ts`. Pure. Also called: product history rows, 契約履歴の行.
 */
import { timelineOf } from '#engine/facts/timeline.ts';
import type { HistoryRow } from '#runtime/cycles/group-rows.ts';
import type { Product } from '#schemas/generated/types.ts';

/** What is kept of a stretch, without the product that it belongs to. */
export type Stretch = Omit<HistoryRow, 'product_id'>;

/**
 * One row a stretch, in order of day; none of a product that ends on the day it starts. `known` are its rows so far: who bound
 * the first stretch, and what order is behind it, stands nowhere else.
 */
export function rowsOf(product: Product, known: readonly Stretch[]): Stretch[] {
  const stretches = timelineOf(product);
  const first = known[0];
  let boundBy = first?.bound_by ?? 'order';
  return stretches.map((stretch, index) => {
    const change = (product.history ?? []).findLast(({ from }) => from === stretch.from);
    boundBy = change?.boundBy ?? boundBy;
    const order = index === 0 && first !== undefined ? first : { event: null, applied_on: null };
    const isLast = index === stretches.length - 1;
    return {
      valid_from: stretch.from,
      valid_to: stretch.to,
      offering: stretch.offering,
      rate_plan_version: stretch.ratePlanVersion,
      bound_by: boundBy,
      quantity: stretch.quantity,
      status: stretch.status,
      end_reason: isLast ? (product.endReason ?? null) : null,
      document_received_on: product.documentReceivedOn ?? null,
      event: change?.event ?? order.event,
      applied_on: change?.event === undefined ? order.applied_on : (change.appliedOn ?? change.from),
    };
  });
}

/** Which rows are known no longer, and which are known instead: a row that says the same stays. */
export function changedRows(
  known: readonly Stretch[],
  wanted: readonly Stretch[],
): { readonly ended: readonly Stretch[]; readonly added: readonly Stretch[] } {
  const said = (rows: readonly Stretch[]): Set<string> => new Set(rows.map(sayingOf));
  const [before, after] = [said(known), said(wanted)];
  return {
    ended: known.filter((row) => !after.has(sayingOf(row))),
    added: wanted.filter((row) => !before.has(sayingOf(row))),
  };
}

const sayingOf = (row: Stretch): string =>
  JSON.stringify([
    ...[row.valid_from, row.valid_to, row.offering, row.rate_plan_version, row.bound_by, row.quantity],
    ...[row.status, row.end_reason, row.document_received_on, row.event, row.applied_on],
  ]);
