/**
 * Which agreement or adjustment does a form describe?
 * Also called: form data, 相対価格・調整の入力内容.
 */
import { randomBytes } from 'node:crypto';
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import type { Adjustment, NegotiatedPrice, TaxCategory } from '#schemas/generated/types.ts';

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
/** People write thousands with commas. */
const figureOf = (form: FormData, name: string): string =>
  textOf(form, name).normalize('NFKC').replaceAll(/[,\s]/g, '');
const newId = (kind: string): string => `${kind}-${randomBytes(4).toString('hex')}`;

/** With a number of its own. Nonsense in it is for the service to refuse. */
export function agreementOf(form: FormData): NegotiatedPrice {
  const product = textOf(form, 'product');
  const lastDay = textOf(form, 'lastDay');
  const figure = figureOf(form, 'figure');
  const prices = { pinned: { pinned: figure }, percentOfList: { percentOfList: figure }, offList: { offList: figure } };
  const kind = textOf(form, 'price') as keyof typeof prices;
  return {
    id: newId('agreement'),
    ...(product !== '' && { product }),
    charge: textOf(form, 'charge'),
    valid: { from: textOf(form, 'from'), to: isCivilDate(lastDay) ? addDays(lastDay, 1) : null },
    price: prices[kind] ?? prices.pinned,
  };
}

export function adjustmentOf(form: FormData): Adjustment {
  const amount = figureOf(form, 'amount');
  const [ja, en] = [textOf(form, 'name'), textOf(form, 'nameEn')];
  return {
    id: newId('adjustment'),
    account: textOf(form, 'account'),
    on: textOf(form, 'on'),
    name: { ja, en: en === '' ? ja : en },
    amount: textOf(form, 'way') === 'add' ? amount : `-${amount}`,
    taxCategory: textOf(form, 'taxCategory') as TaxCategory,
  };
}

/** The first day after the last one, where one is given. */
export function endOf(form: FormData): { readonly from?: string } {
  const lastDay = textOf(form, 'lastDay');
  return isCivilDate(lastDay) ? { from: addDays(lastDay, 1) } : {};
}
