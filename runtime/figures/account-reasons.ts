/**
 * Which charges make the difference between an account's bills of two months?
 * Read from the bills themselves, for the few accounts that a page shows. Also called: reason for change, 差異の理由, 増減要因.
 */
import { exact, minus, plus, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Bill, BillLine, Localized } from '#schemas/generated/types.ts';

/** One charge of one product, before tax. */
export type Reason = {
  readonly product: string | null;
  readonly charge: string;
  readonly name: Localized;
  readonly ruleset: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
};

type Compared = { readonly account: string; readonly billId: string | null; readonly billIdBefore: string | null };

const REASONS_AN_ACCOUNT = 3;

/** For each account the three charges that differ most. */
export async function reasonsOf(tx: SqlRunner, accounts: readonly Compared[]): Promise<Map<string, Reason[]>> {
  const ids = accounts.flatMap(({ billId, billIdBefore }) => [billId, billIdBefore]).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; body: string }>('select id, body from bill where id = any($1)', [ids]);
  const linesOf = new Map(rows.map(({ id, body }) => [id, (JSON.parse(body) as Bill).lines]));
  const lines = (id: string | null): readonly BillLine[] => (id === null ? [] : (linesOf.get(id) ?? []));
  return new Map(
    accounts.map(({ account, billId, billIdBefore }) => [account, differing(lines(billIdBefore), lines(billId))]),
  );
}

function differing(before: readonly BillLine[], after: readonly BillLine[]): Reason[] {
  const keyOf = ({ product, ruleset, charge }: BillLine): string => JSON.stringify([product, ruleset, charge]);
  const [was, is] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((key) => reasonOf(was.get(key) ?? [], is.get(key) ?? []))
    .filter(({ difference }) => difference.n !== 0n)
    .toSorted((a, b) => bySize(b.difference, a.difference))
    .slice(0, REASONS_AN_ACCOUNT)
    .map(({ difference, ...reason }) => ({ ...reason, difference: toText(difference) }));
}

function reasonOf(
  before: readonly BillLine[],
  after: readonly BillLine[],
): Omit<Reason, 'difference'> & { readonly difference: Exact } {
  const sum = (lines: readonly BillLine[]): Exact => lines.map(({ amount }) => exact(amount)).reduce(plus, ZERO);
  const { product, charge, name, ruleset } = (after[0] ?? before[0])!;
  const [was, is] = [sum(before), sum(after)];
  return { product, charge, name, ruleset, before: toText(was), after: toText(is), difference: minus(is, was) };
}

const size = ({ n, d }: Exact): Exact => ({ n: n < 0n ? -n : n, d });

const bySize = (a: Exact, b: Exact): number => {
  const { n } = minus(size(a), size(b));
  return n < 0n ? -1 : n > 0n ? 1 : 0;
};
