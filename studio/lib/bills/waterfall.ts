/**
 * How does a bill fall from list price to total? One bar a step, each from where the one before it ended.
 * Also called: waterfall chart, bridge chart, 滝グラフ, ウォーターフォール.
 */
import { minorToText, textToMinor } from '#engine/money/money.ts';
import type { Bill, BillLine, Localized } from '#schemas/generated/types.ts';

/** The phases that write lines, in the order of the bill. */
export const linePhases = [
  'listCharges',
  'boundsOnList',
  'discounts',
  'boundsOnNet',
  'terminationCharges',
  'adjustments',
  'allocation',
] as const;
export type LinePhase = (typeof linePhases)[number];

export interface WaterfallStep {
  readonly id: string;
  /** The phase, or what the bars lead to. */
  readonly kind: LinePhase | 'tax' | 'total';
  /** The name of the one line behind the bar; several lines together go by their phase. */
  readonly name?: Localized;
  /** The line behind the bar. */
  readonly line?: string;
  readonly amount: string;
  /** The running total after this step. */
  readonly after: string;
  /** Where the bar begins and ends, in per mille of the picture's width. */
  readonly from: number;
  readonly to: number;
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  /** Where zero lies, in per mille. */
  readonly zero: number;
}

/** More lines than this, and the lines of a phase share one bar. */
const mostLinesDrawn = 14;

type Part = Pick<WaterfallStep, 'id' | 'kind'> & {
  readonly name?: Localized;
  readonly line?: string;
  readonly minor: bigint;
};

/** The steps of `bill`; lines of nothing are no step. Tax is what is added to the lines: of prices that include it, nothing. The last bar is the total. */
export function waterfallOf(bill: Bill): Waterfall {
  const parts = [...linePhases.flatMap((phase) => partsOfPhase(bill, phase)), taxOf(bill)].filter(
    (part) => part !== undefined,
  );
  const total = textToMinor(bill.total, bill.currency);
  const stops: bigint[] = [0n];
  for (const part of parts) stops.push((stops.at(-1) ?? 0n) + part.minor);
  const lowest = stops.reduce((a, b) => (b < a ? b : a), 0n);
  const highest = stops.reduce((a, b) => (b > a ? b : a), 0n);
  const place = (minor: bigint): number =>
    highest === lowest ? 0 : Number(((minor - lowest) * 1000n) / (highest - lowest));
  const steps = parts.map(({ minor, ...part }, i) => ({
    ...part,
    amount: minorToText(minor, bill.currency),
    after: minorToText(stops[i + 1] ?? 0n, bill.currency),
    from: place(stops[i] ?? 0n),
    to: place(stops[i + 1] ?? 0n),
  }));
  const last: WaterfallStep = {
    id: 'total',
    kind: 'total',
    amount: bill.total,
    after: bill.total,
    from: place(0n),
    to: place(total),
  };
  return { steps: [...steps, last], zero: place(0n) };
}

function partsOfPhase(bill: Bill, phase: LinePhase): Part[] {
  const drawn = bill.lines.filter((line) => textToMinor(line.amount, bill.currency) !== 0n);
  const lines = drawn.filter((line) => line.phase === phase);
  if (lines.length === 0) return [];
  if (drawn.length <= mostLinesDrawn || lines.length === 1) {
    return lines.map((line) => ({
      id: `line-${line.id}`,
      kind: phase,
      name: line.name,
      line: line.id,
      minor: textToMinor(line.amount, bill.currency),
    }));
  }
  return [{ id: `phase-${phase}`, kind: phase, minor: sumOf(lines, bill.currency) }];
}

function taxOf(bill: Bill): Part | undefined {
  const minor = textToMinor(bill.total, bill.currency) - sumOf(bill.lines, bill.currency);
  return minor === 0n && bill.tax.length === 0 ? undefined : { id: 'tax', kind: 'tax', minor };
}

/** The lines' amounts added up, in minor units. */
export function sumOf(lines: readonly BillLine[], currency: string): bigint {
  return lines.reduce((sum, line) => sum + textToMinor(line.amount, currency), 0n);
}
