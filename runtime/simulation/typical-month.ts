/**
 * What usage do the months to come have? That of a typical month, day by day, in every one of them.
 * Pure. Also called: usage projection, forecast, 利用量の見込み, 標準的な月.
 */
import { monthsBetween, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { addDays, addMonths, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Product, Usage } from '#schemas/generated/types.ts';

/** The usage of one billing period. */
export type TypicalMonth = {
  readonly month: string;
  /** The last day of which the usage is known. */
  readonly lastDay: CivilDate;
  /** False for the current period, of which there is only a part. */
  readonly isWhole: boolean;
  readonly usage: readonly Usage[];
};

/** From a day on, another product has the usage of one. */
export type Successors = ReadonlyMap<string, { readonly product: string; readonly from: CivilDate }>;

/** The typical month's usage, dated in each of the months. A use of a product without service on that day falls away. */
export function repeatedUsage(
  typical: TypicalMonth,
  months: readonly string[],
  closing: Closing,
  products: readonly Product[],
  successors: Successors = new Map(),
): Usage[] {
  const held = new Map(products.map((product) => [product.id, product]));
  return months.flatMap((month) =>
    typical.usage.flatMap((use, index) => {
      const moved = succeeded(
        { ...use, id: `T${index + 1}-${month}`, startedAt: datedIn(month, typical.month, use.startedAt, closing) },
        successors,
      );
      return isServed(held.get(moved.product), moved.startedAt.slice(0, 10)) ? [moved] : [];
    }),
  );
}

/** The use, of the product that has it on its day. */
export function succeeded(use: Usage, successors: Successors): Usage {
  const successor = successors.get(use.product);
  return successor !== undefined && use.startedAt.slice(0, 10) >= successor.from
    ? { ...use, product: successor.product }
    : use;
}

/** The corresponding moment of another month, within its billing period. */
function datedIn(month: string, typicalMonth: string, startedAt: string, closing: Closing): string {
  const { start, end } = periodOfMonth(month, closing);
  const lastDay = addDays(end, -1);
  const day = addMonths(startedAt.slice(0, 10), monthsBetween(typicalMonth, month));
  return (day < start ? start : day > lastDay ? lastDay : day) + startedAt.slice(10);
}

function isServed(product: Product | undefined, day: CivilDate): boolean {
  return product !== undefined && product.startsOn <= day && (product.endsOn === null || day < product.endsOn);
}
