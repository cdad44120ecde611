/**
 * What do units cost whose price stands in a table by destination, time band and the like? Also called: rate deck,
 * 料金表, 通話料金表. Each use has chosen its row; a line is the uses of one row.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { exact, times, toText } from '#engine/money/exact.ts';
import { noSteps, type Counted, type Priced } from './prices.ts';

export function matrix(price: MatrixPrice, { units, tableRow }: Counted): Priced {
  const row = tableRow === null ? undefined : price.rows[tableRow];
  if (row === undefined) throw new Error('a use was priced by a table without a row');
  const unitPrice = exact(row.unitPrice);
  return {
    amount: times(unitPrice, units),
    unitPrice,
    row: `/rows/${tableRow}`,
    why: { code: 'line.usage.matrix', values: { units: toText(units), unitPrice: row.unitPrice, row: row.id } },
    steps: noSteps,
  };
}
