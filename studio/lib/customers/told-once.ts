/**
 * How is a list told in which many rows say the same? Each once, with how often.
 * Also called: group by, まとめ表示.
 */
export function toldOnce<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly (Row & { readonly count: number })[] {
  const counted = new Map<string, Row & { count: number }>();
  for (const row of rows) {
    const known = counted.get(keyOf(row));
    if (known === undefined) counted.set(keyOf(row), { ...row, count: 1 });
    else known.count += 1;
  }
  return [...counted.values()];
}
