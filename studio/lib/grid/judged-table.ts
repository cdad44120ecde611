/**
 * What is there to say of the rows of a price table that is being edited?
 * Nothing while a cell is not sound: then the notes say what is wrong with it. Also called: live table analysis, 料金表の分析.
 */
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

/** All findings; of an entangled table those that are met before `isLate` says so. */
export function judgedTable({ price, where, effective }: TableAsked, isLate: () => boolean): readonly TableFinding[] {
  if (!isSound(price)) return [];
  const findings: TableFinding[] = [];
  for (const found of tableFindings(price, { where, effective })) {
    if (found !== undefined) findings.push(found);
    else if (isLate()) return [...findings, { is: 'cut-short' }];
  }
  return findings;
}

function isSound(price: unknown): price is MatrixPrice {
  if (formErrors('MatrixPrice', price).length > 0) return false;
  let faults = 0;
  checkPriceTable(price as MatrixPrice, true, '', () => (faults += 1));
  return faults === 0 && hasOneColumnAFact(price as MatrixPrice);
}
