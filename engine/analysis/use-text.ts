/**
 * How is a use that shows something written down? Fact by fact, as one would look for it: 'usage.hour = 22'.
 * Also called: witness, counter-example, 反例.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import type { Witness } from './table-findings.ts';

/** Facts that may have any value are left out; when all may, '*'. An absent value is '-', one that no row names '…'. */
export function useText({ columns }: Pick<MatrixPrice, 'columns'>, { values, regions }: Witness): string {
  const said = columns.flatMap(({ fact }, index) => {
    const value = values[index] ?? null;
    const [region] = regions[index] ?? [];
    if (region === undefined) return [];
    return [`${fact} = ${region.is === 'other' ? '…' : value === null ? '-' : String(value)}`];
  });
  return said.length === 0 ? '*' : said.join(', ');
}
