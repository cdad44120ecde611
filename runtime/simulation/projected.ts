/**
 * From which document are the months to come billed, and what is assumed about them?
 * Pure. Also called: projection, forecast document, 将来の請求の試算.
 */
import { monthOfDate, monthsBetween, monthsLater } from '#engine/calendar/billing-cycle.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import type { SimulationBase } from '#runtime/simulation/base.ts';
import { repeatedUsage, succeeded, type Successors } from '#runtime/simulation/typical-month.ts';
import type { AccountDocument } from '#schemas/generated/types.ts';

/** The months from the first that is not billed yet to `last`. */
export function projectedDocument(
  { document, month, typical, closing }: SimulationBase,
  last: string,
  successors: Successors = new Map(),
): AccountDocument {
  const { usage = [], periods, ...facts } = document;
  const actual = usage
    .filter(({ startedAt }) => monthOfDate(startedAt.slice(0, 10), closing) < month)
    .map((use) => succeeded(use, successors));
  const assumed =
    typical === null
      ? []
      : repeatedUsage(
          typical,
          monthsFrom(firstAssumed(periods.first, month), last),
          closing,
          document.products,
          successors,
        );
  const all = [...actual, ...assumed];
  return { ...facts, ...(all.length > 0 && { usage: all }), periods: { first: periods.first, last } };
}

const firstAssumed = (first: string, month: string): string => (first > month ? first : month);

export function monthsFrom(first: string, last: string): string[] {
  return Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, index) => monthsLater(first, index));
}

/** What the amounts rest on besides what is known. Words under `simulation.assumed.…`. */
export function assumptionsOf({ document, month, typical }: SimulationBase, release: number): Said[] {
  const first = firstAssumed(document.periods.first, month);
  const isOpenBefore = document.periods.first < month;
  return [
    ...(isOpenBefore
      ? [{ code: 'simulation.assumed.actual', values: { first: document.periods.first, last: monthsLater(month, -1) } }]
      : []),
    usageAssumed(first, typical),
    { code: 'simulation.assumed.prices', values: { release: String(release) } },
  ];
}

function usageAssumed(first: string, typical: SimulationBase['typical']): Said {
  if (typical === null) return { code: 'simulation.assumed.noUsage', values: { first } };
  const values = { first, month: typical.month, records: String(typical.usage.length) };
  if (typical.isWhole) return { code: 'simulation.assumed.usage', values };
  return { code: 'simulation.assumed.usageSoFar', values: { ...values, lastDay: typical.lastDay } };
}
