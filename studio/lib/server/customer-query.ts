/**
 * Which customers does the address ask for?
 * Also called: customer filter, 顧客の絞り込み.
 */
import { customerStates, type CustomerOrder } from '#runtime/customers/find-customers.ts';
import type { ListCustomers } from '#runtime/services/list-customers.ts';
import { choiceOf, orderOf, pageOf, textOf } from '#lib/lists/address.ts';

const orders: readonly CustomerOrder[] = ['name', 'number', 'since', 'bill'];

export function customerQuery(url: URL): ListCustomers & { sort: CustomerOrder; descending: boolean } {
  const { by, descending } = orderOf(url, orders, { by: 'name', descending: false });
  const search = textOf(url, 'q');
  const state = choiceOf(url, 'state', customerStates);
  const type = choiceOf(url, 'type', ['individual', 'corporate'] as const);
  const offering = textOf(url, 'offering');
  const plan = textOf(url, 'plan');
  const segment = textOf(url, 'segment');
  return {
    page: pageOf(url),
    sort: by,
    descending,
    ...(search === undefined ? {} : { search }),
    ...(state === undefined ? {} : { state }),
    ...(type === undefined ? {} : { type }),
    ...(offering === undefined ? {} : { offering }),
    ...(plan === undefined ? {} : { plan }),
    ...(segment === undefined ? {} : { segment }),
  };
}
