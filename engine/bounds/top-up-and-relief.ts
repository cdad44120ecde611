/**
 * How does a bound over several lines show on the bill? Below the minimum one top-up line is added; above the cap each
 * line is relieved in proportion to what is left of it, and the reliefs re-add exactly.
 */
import type { Localized, TaxCategory } from '#schemas/generated/types.ts';
import type { Period } from '#engine/calendar/period.ts';
import { allocate } from '#engine/money/allocate.ts';
import { ONE, toText } from '#engine/money/exact.ts';
import { addLine, amountOf, type BillDraft, type Line, type NewLine } from '#engine/billing/draft.ts';

export interface BoundPlace {
  readonly product: string | null;
  readonly charge: string;
  readonly name: Localized;
  readonly ruleset: Line['ruleset'];
  readonly row: string;
  readonly servicePeriod: Period;
  readonly judgedOn: 'list' | 'net';
  readonly taxCategory: TaxCategory;
  readonly taxIncluded: boolean;
}

export const sumLeft = (lines: readonly Line[]): bigint => lines.reduce((sum, line) => sum + line.left, 0n);

export function topUp(draft: BillDraft, place: BoundPlace, before: bigint, minimum: bigint): void {
  add(draft, place, 'minimum', { before, limit: minimum, amount: minimum - before, target: null });
}

export function relieve(draft: BillDraft, place: BoundPlace, targets: readonly Line[], cap: bigint): void {
  const before = sumLeft(targets);
  const shares = allocate(
    before - cap,
    targets.map((line) => line.left),
  );
  targets.forEach((target, index) => {
    const share = shares[index] ?? 0n;
    if (share !== 0n) add(draft, place, 'cap', { before, limit: cap, amount: -share, target });
  });
}

interface Change {
  readonly before: bigint;
  readonly limit: bigint;
  readonly amount: bigint;
  readonly target: Line | null;
}

function add(draft: BillDraft, place: BoundPlace, which: 'minimum' | 'cap', change: Change): void {
  const { judgedOn, ...rest } = place;
  const line: NewLine = {
    ...rest,
    row: `${place.row}/${which}`,
    phase: judgedOn === 'list' ? 'boundsOnList' : 'boundsOnNet',
    target: change.target,
    quantity: ONE,
    unitPrice: null,
    base: amountOf(draft, change.before),
    exact: amountOf(draft, change.amount),
    amount: change.amount,
    taxCategory: change.target?.taxCategory ?? place.taxCategory,
    taxIncluded: change.target?.taxIncluded ?? place.taxIncluded,
    why: {
      code: `line.bound.${which}`,
      values: {
        limit: toText(amountOf(draft, change.limit)),
        before: toText(amountOf(draft, change.before)),
        judgedOn,
      },
    },
  };
  const added = addLine(draft, line);
  draft.trace.line(added.id, added.why);
}
