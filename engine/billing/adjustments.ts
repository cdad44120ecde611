/**
 * What is added or taken off besides the charges of the period? Also called: adjustments, 調整, 手入力の加算・減算,
 * お詫びの減額, 過去の請求の差額.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { exact, ONE, plus, toText, ZERO } from '#engine/money/exact.ts';
import { lateInterest } from '#engine/penalties/late-interest.ts';
import { differenceOf, type Correction } from './corrections.ts';
import { addLine, amountOf, identityOf, roundAmount, type BillDraft, type Line } from './draft.ts';

/** Phase 8: differences of closed months, manual debits and credits, late interest, and the one rounding of a bill where it asks for it. */
export function adjustments(draft: BillDraft): void {
  for (const correction of draft.corrections) correct(draft, correction);
  adjustByHand(draft);
  lateInterest(draft);
  if (draft.rounding.body.lineRounding === 'bill') roundOnce(draft);
}

function correct(draft: BillDraft, correction: Correction): void {
  const { line, period, month } = correction;
  const difference = differenceOf(correction);
  const [kind = '', id = ''] = line.ruleset.split('/');
  const added = addLine(draft, {
    product: line.product,
    charge: line.charge,
    name: line.name,
    phase: 'adjustments',
    ruleset: { kind, id, version: line.version, name: line.ruleset },
    row: line.row,
    target: null,
    servicePeriod: period,
    quantity: ONE,
    unitPrice: null,
    base: correction.before,
    exact: difference,
    amount: roundAmount(draft, difference, { mode: 'down' }),
    taxCategory: line.taxCategory,
    taxIncluded: line.taxIncluded,
    why: {
      code: 'line.correction',
      values: { month, before: toText(correction.before), after: toText(correction.after) },
    },
  });
  draft.trace.line(added.id, added.why);
}

/** The account's adjustments dated in the period. Their row names the place in the account document. */
function adjustByHand(draft: BillDraft): void {
  draft.group.document.adjustments?.forEach((adjustment, index) => {
    if (adjustment.account !== draft.account.id || !contains(draft.period, adjustment.on)) return;
    const amount = exact(adjustment.amount);
    const line = addLine(draft, {
      product: null,
      charge: adjustment.id,
      name: adjustment.name,
      phase: 'adjustments',
      ruleset: identityOf(draft.cycle),
      row: `/adjustments/${index}`,
      target: null,
      servicePeriod: { start: adjustment.on, end: addDays(adjustment.on, 1) },
      quantity: ONE,
      unitPrice: amount,
      base: amount,
      exact: amount,
      amount: roundAmount(draft, amount, draft.rounding.body.line),
      taxCategory: adjustment.taxCategory,
      taxIncluded: adjustment.taxIncluded ?? false,
      why: { code: 'line.adjustment', values: { on: adjustment.on } },
    });
    draft.trace.line(line.id, line.why);
  });
}

/** For each tax category, the sum before rounding is rounded once; what the lines differ from it is a line of its own. */
function roundOnce(draft: BillDraft): void {
  const groups = Map.groupBy(draft.lines, (line) => `${line.taxCategory} ${line.taxIncluded}`);
  for (const lines of groups.values()) {
    const [first] = lines;
    if (first === undefined) continue;
    const rounded = lines.reduce((sum, line) => sum + line.amount, 0n);
    const once = roundAmount(draft, lines.map((line) => line.exact).reduce(plus, ZERO), draft.rounding.body.line);
    if (once !== rounded) addRoundingLine(draft, first, rounded, once);
  }
}

function addRoundingLine(draft: BillDraft, like: Line, rounded: bigint, once: bigint): void {
  const difference = amountOf(draft, once - rounded);
  const line = addLine(draft, {
    product: null,
    charge: 'rounding-adjustment',
    name: draft.rounding.name,
    phase: 'adjustments',
    ruleset: identityOf(draft.rounding),
    row: '/body/lineRounding',
    target: null,
    servicePeriod: draft.period,
    quantity: ONE,
    unitPrice: null,
    base: amountOf(draft, rounded),
    exact: difference,
    amount: once - rounded,
    taxCategory: like.taxCategory,
    taxIncluded: like.taxIncluded,
    why: {
      code: 'line.roundingAdjustment',
      values: { lines: toText(amountOf(draft, rounded)), bill: toText(amountOf(draft, once)) },
    },
  });
  draft.trace.line(line.id, line.why);
}
