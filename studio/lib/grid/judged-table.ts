/**
 * What is there to say of the rows of a price table that is being edited?
 * Nothing while a cell is not sound: then the notes say what is wrong with it. Also called: live table analysis, 料金表の分析.
 */
import type { SweepLimits } from '#engine/analysis/sweep.ts';
import { tableFindings, type TableFinding } from '#engine/analysis/table-findings.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { checkPriceTable } from '#engine/rulesets/checks/price-tables.ts';
import { hasOneColumnAFact } from '#engine/rulesets/checks/table-rows.ts';
import type { Condition, MatrixPrice, OpenPeriod } from '#schemas/generated/types.ts';

export interface TableAsked {
  /** The price as it stands in the document. */
  readonly price: unknown;
  /** What the charge asks of a use beforehand; left out where it is not sound. */
  readonly where: Condition | undefined;
  readonly effective: OpenPeriod | undefined;
}

export interface JudgedSoFar {
  readonly findings: readonly TableFinding[];
  /** Nothing more is to come. */
  readonly isOver: boolean;
}

/** Beside the page there is time: ten times the work of a check, and more than the first fifty findings. */
export const limitsBeside: SweepLimits = { steps: 15_000_000, findings: 500 };

/** What is known so far whenever it is due, and at last all of it. */
export function* judgedTable(
  { price, where, effective }: TableAsked,
  isDue: () => boolean,
  limits: SweepLimits = limitsBeside,
): Generator<JudgedSoFar, void> {
  const findings: TableFinding[] = [];
  if (isSound(price)) {
    for (const found of tableFindings(price, { where, effective }, limits)) {
      if (found !== undefined) findings.push(found);
      if (isDue()) yield { findings: [...findings], isOver: false };
    }
  }
  yield { findings, isOver: true };
}

function isSound(price: unknown): price is MatrixPrice {
  if (formErrors('MatrixPrice', price).length > 0) return false;
  let faults = 0;
  checkPriceTable(price as MatrixPrice, true, '', () => (faults += 1));
  return faults === 0 && hasOneColumnAFact(price as MatrixPrice);
}
