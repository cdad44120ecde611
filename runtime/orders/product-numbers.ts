/**
 * Which number does a new product get? The customer's own with a count: P-000123-2.
 * Also called: product id, contract number, 契約番号の採番.
 */
import type { CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { OrderedChange } from '#schemas/generated/types.ts';

export type Numbered = {
  readonly changes: readonly OrderedChange[];
  /** For a product whose plan changes: the number of the one that may have to follow it. */
  readonly successorNumbers: Readonly<Record<string, string>>;
};

/** The changes, with a number for each product that is added without one. */
export async function numbered(
  tx: SqlRunner,
  { shard, id }: Pick<CustomerRecord, 'shard' | 'id'>,
  changes: readonly OrderedChange[],
): Promise<Numbered> {
  const stem = `P-${id.replace(/^C-/, '')}-`;
  const rows = await tx.sql<{ id: string }>('select id from product where shard = $1 and starts_with(id, $2)', [
    shard,
    stem,
  ]);
  const used = new Set([
    ...rows.map((row) => row.id),
    ...changes.flatMap((change) => (change.kind === 'addProduct' ? (change.product ?? []) : [])),
  ]);
  let count = 0;
  const next = (): string => {
    do count += 1;
    while (used.has(`${stem}${count}`));
    return `${stem}${count}`;
  };
  return {
    changes: changes.map((change) =>
      change.kind === 'addProduct' && change.product === undefined ? { ...change, product: next() } : change,
    ),
    successorNumbers: Object.fromEntries(
      changes.flatMap((change) => (change.kind === 'changeOffering' ? [[change.product, next()]] : [])),
    ),
  };
}
