/**
 * What holds of a product on each day? Its history, laid out as stretches without a gap.
 * Also called: contract history, 契約履歴, 異動履歴.
 */
import type { Product, ProductChange } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';

/** A stretch of days [from, to) in which nothing about the product changes; `to` is null while it goes on. */
export interface Stretch {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly offering: string;
  /** The version of the rate plan the product is bound to, or null for the one in force on the day. */
  readonly ratePlanVersion: number | null;
  readonly quantity: string;
  readonly status: 'active' | 'suspended';
}

/**
 * The stretches of `product` from the day charging starts to the day it ends, in order.
 * Changes dated before the start or on or after the end have no stretch of their own; a change on a day replaces an
 * earlier change on the same day.
 */
export function timelineOf(product: Product): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let current: Stretch = {
    from: product.startsOn,
    to: product.endsOn,
    offering: product.offering,
    ratePlanVersion: product.ratePlanVersion ?? null,
    quantity: product.quantity ?? '1',
    status: 'active',
  };
  if (product.endsOn !== null && product.endsOn <= product.startsOn) return stretches;
  if (product.history === undefined || product.history.length === 0) return [current];
  const changes = [...product.history].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  for (const change of changes) {
    if (product.endsOn !== null && change.from >= product.endsOn) break;
    const next: Stretch = {
      from: change.from > current.from ? change.from : current.from,
      to: product.endsOn,
      offering: change.offering ?? current.offering,
      ratePlanVersion: versionAfter(change, current),
      quantity: change.quantity ?? current.quantity,
      status: change.status ?? current.status,
    };
    if (next.from > current.from) stretches.push({ ...current, to: next.from });
    current = next;
  }
  stretches.push(current);
  return stretches;
}

/** A version belongs to its plan: with another offering it does not go on by itself. */
function versionAfter(change: ProductChange, current: Stretch): number | null {
  if (change.ratePlanVersion !== undefined) return change.ratePlanVersion;
  return change.offering === undefined || change.offering === current.offering ? current.ratePlanVersion : null;
}

/** The stretch that contains `date`, or undefined when there is no service on that day. */
export function stretchOn(timeline: readonly Stretch[], date: CivilDate): Stretch | undefined {
  return timeline.find((stretch) => stretch.from <= date && (stretch.to === null || date < stretch.to));
}

/** Whether there is service, suspended or not, on any day of [start, end). */
export function isServedIn(timeline: readonly Stretch[], start: CivilDate, end: CivilDate): boolean {
  return timeline.some((stretch) => stretch.from < end && (stretch.to === null || stretch.to > start));
}
