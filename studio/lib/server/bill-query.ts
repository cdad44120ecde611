/**
 * Which bills does the address ask for?
 * Also called: bill filter, 請求の絞り込み.
 */
import type { BillOrder, BillsAsked } from '#runtime/bills/find-bills.ts';
import { orderOf, pageOf, textOf } from '#lib/lists/address.ts';

const orders: readonly BillOrder[] = ['period', 'account', 'customer', 'total', 'due'];

/** An amount may be typed as people write it: '¥1,200', full-width digits too. What is no amount is left out. */
export function typedAmount(text: string | undefined): string | undefined {
  const plain = text?.normalize('NFKC').replaceAll(/[,\s¥$円]/g, '');
  return plain !== undefined && /^-?\d{1,18}(\.\d{1,12})?$/.test(plain) ? plain : undefined;
}

export function billQuery(url: URL): BillsAsked & { sort: BillOrder; descending: boolean } {
  const { by, descending } = orderOf(url, orders, { by: 'period', descending: true });
  const search = textOf(url, 'q');
  const cycleId = textOf(url, 'cycle');
  const least = typedAmount(textOf(url, 'least'));
  const most = typedAmount(textOf(url, 'most'));
  return {
    page: pageOf(url),
    sort: by,
    descending,
    ...(search === undefined ? {} : { search }),
    ...(cycleId === undefined ? {} : { cycleId }),
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
  };
}
