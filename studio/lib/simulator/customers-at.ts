/**
 * Where does the simulator get customers from? From the page's own addresses.
 * Also called: customer look-up, 顧客の取得.
 */
import type { AccountDocument } from '#schemas/generated/types.ts';
import type { CustomerChoice, Customers } from './simulator.svelte.ts';

/** Customers as the routes below `here` give them. */
export function customersAt(here: string): Customers {
  return {
    find: (search) => got<readonly CustomerChoice[]>(`${here}/customers?q=${encodeURIComponent(search)}`),
    account: (customer, first, last) =>
      got<AccountDocument>(`${here}/simulation?customer=${encodeURIComponent(customer)}&first=${first}&last=${last}`),
  };
}

async function got<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Answer;
}
