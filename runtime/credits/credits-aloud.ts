/**
 * How are the credit notes of a bill read to its customer? Also called: 返還インボイスの読み上げ.
 */
import { creditAloud } from '#engine/explain/aloud/credit-aloud.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { billedProducts, type StoredBill } from '#runtime/bills/read-bill.ts';
import type { IssuedCredit } from '#runtime/credits/credits-of-bill.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Bill } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

/** In the order of the notes. A product is named where the bill is of several. */
export async function creditsAloud(
  tx: SqlRunner,
  stored: StoredBill,
  release: Release,
  issued: readonly IssuedCredit[],
): Promise<(readonly Said[])[]> {
  if (issued.length === 0) return [];
  const bill = JSON.parse(stored.body) as Bill;
  const products = await billedProducts(tx, stored, bill, release);
  const names = new Map(products.length > 1 ? products.map(({ id, name }) => [id, name]) : []);
  return issued.map(({ note }) => creditAloud(note, bill, (product) => names.get(product)));
}
