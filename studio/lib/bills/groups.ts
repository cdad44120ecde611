/**
 * In which groups does a bill show its lines, and what does each group add up to?
 * Also called: bill sections, 明細の区分.
 */
import { minorToText } from '#engine/money/money.ts';
import type { Bill, BillLine, Localized } from '#schemas/generated/types.ts';
import { linePhases, sumOf, type LinePhase } from './waterfall.ts';

/** What the products on a bill are called, by their id. */
export type Products = Readonly<Record<string, { readonly name: Localized; readonly identifier: string | null }>>;

export interface LineGroup {
  readonly phase: LinePhase;
  readonly lines: readonly BillLine[];
  readonly subtotal: string;
}

/** The lines by phase, in the order of the bill. Phases without a line are left out. */
export function lineGroups(bill: Bill): LineGroup[] {
  return linePhases.flatMap((phase) => {
    const lines = bill.lines.filter((line) => line.phase === phase);
    return lines.length === 0
      ? []
      : [{ phase, lines, subtotal: minorToText(sumOf(lines, bill.currency), bill.currency) }];
  });
}
