/**
 * Were these very rows met before? Lists of row numbers, kept by level and found by hash, then compared number by number.
 * Also called: memo, hash of lists, 既出の行の組.
 */
export class KnownRows<Kept = true> {
  readonly #byHash = new Map<
    number,
    { readonly level: number; readonly rows: readonly number[]; readonly kept: Kept }[]
  >();

  get(level: number, rows: readonly number[]): Kept | undefined {
    return this.#byHash.get(hashOf(level, rows))?.find((each) => each.level === level && isSame(each.rows, rows))?.kept;
  }

  has(level: number, rows: readonly number[]): boolean {
    return this.get(level, rows) !== undefined;
  }

  add(level: number, rows: readonly number[], ...[kept = true as Kept]: Kept extends true ? [] : [Kept]): void {
    const hash = hashOf(level, rows);
    const same = this.#byHash.get(hash);
    const entry = { level, rows, kept: kept as Kept };
    if (same === undefined) this.#byHash.set(hash, [entry]);
    else same.push(entry);
  }
}

function hashOf(level: number, rows: readonly number[]): number {
  let hash = level ^ 0x811c9dc5;
  for (const row of rows) hash = Math.imul(hash ^ row, 0x01000193);
  return hash;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((row, at) => row === b[at]);
