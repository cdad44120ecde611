/** Accounts that move between closing days, in a release that has a billing cycle for each. */
import type { AccountDocument, AccountFacts, Charge, Product, Ruleset, Usage } from '#schemas/generated/types.ts';
import { account, cycle, offering, plan, product, releaseOf } from './build.ts';

export const days = Array.from({ length: 31 }, (_, index) => index + 1);
export const closingOn = (closingDay: number): Ruleset => ({ ...cycle({ closingDay }), id: `on-${closingDay}` });
export const own: Ruleset = { ...cycle({ closing: 'own' }), id: 'own' };
export const cycles = [...days.map(closingOn), own];

export const release = (charges: Charge[], more: object = {}) =>
  releaseOf([offering(), plan(charges, { body: { charges, ...more } }), ...cycles]);

export type Move = NonNullable<AccountFacts['history']>[number];
export const to = (from: string, closingDay: number): Move => ({ from, billingCycle: `on-${closingDay}` });

/** An account that closes on `first` and moves; billed from `from` to `until`. */
export function moved(
  first: number,
  moves: Move[],
  [from, until]: readonly [string, string],
  held: Partial<Product> = {},
  more: Partial<AccountDocument> = {},
): AccountDocument {
  const accounts = [{ id: 'A-1', billingCycle: `on-${first}`, history: moves }];
  return account(from, [product(held)], { accounts, periods: { first: from, last: until }, ...more });
}

export const full = { start: 'full', end: 'full', change: 'full' } as const;
export const use = (startedAt: string, quantity = '30'): Usage => ({
  ...{ id: startedAt, product: 'P-1', meter: 'voice.seconds', startedAt, quantity },
});
