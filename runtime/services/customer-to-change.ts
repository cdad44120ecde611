/**
 * What can be changed of a customer, and what is it now?
 * Also called: customer change form, 顧客情報の変更画面.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { readAccounts, readCustomer, settingOn, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import { standingAhead, standingOfCustomer, type StandingAhead } from '#runtime/customers/standing.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type CustomerNow = Pick<CustomerRecord, 'id' | 'name' | 'kana' | 'birthDate' | 'type' | 'segment'> & {
  readonly today: string;
  readonly accounts: readonly string[];
  readonly account: string;
  readonly billToName: string;
  readonly billToAddress: string;
  /** Changes of type and segment that are known and have not come yet, in order of day. */
  readonly ahead: readonly StandingAhead[];
};

/** As it is today, with one of the accounts: by default the first. Refused with `customer-unknown` and `account-unknown`. */
export async function customerToChange(
  app: App,
  actor: Actor,
  { customerId, account: asked }: { readonly customerId: string; readonly account?: string | undefined },
): Promise<CustomerNow> {
  authorize(actor, 'customer.write');
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const customer = await readCustomer(tx, customerId);
    const accounts = await readAccounts(tx, customer);
    const account = accounts.find(({ id }) => asked === undefined || id === asked);
    if (account === undefined) throw new Refusal('account-unknown', { account: asked ?? '' }, 404);
    const { billToName, billToAddress } = settingOn(account, today);
    const { id, name, kana, birthDate } = customer;
    return {
      ...{ id, name, kana, birthDate, today, billToName, billToAddress },
      ...(await standingOfCustomer(tx, customer, today)),
      accounts: accounts.map((each) => each.id),
      account: account.id,
      ahead: await standingAhead(tx, customer, today),
    };
  });
}
