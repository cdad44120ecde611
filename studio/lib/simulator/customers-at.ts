/**
 * Where does the simulator get customers from? From the page's own addresses.
 * Also called: customer look-up, 顧客の取得.
 */
import type { CustomerChoice, Customers, ToBill } from './simulator.svelte.ts';

/** Customers as the routes below `here` give them. */
export function customersAt(here: string): Customers {
  return {
    find: (search) => got<readonly CustomerChoice[]>(`${here}/customers?q=${encodeURIComponent(search)}`),
    account: (customer, months) =>
      got<ToBill>(`${here}/simulation?customer=${encodeURIComponent(customer)}&months=${String(months)}`),
  };
}

async function got<Answer>(address: string): Promise<Answer> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as Answer;
}
