/**
 * Find customers by name, kana, number or telephone number, and by what they hold.
 * Also called: customer list, subscriber look-up, 顧客一覧, 契約者照会.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import {
  findCustomers,
  segmentsOf,
  type CustomerListed,
  type CustomersAsked,
} from '#runtime/customers/find-customers.ts';
import { offeringNames, type OfferingNamed } from '#runtime/customers/offering-names.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Page } from '#runtime/services/page.ts';

export type ListCustomers = Omit<CustomersAsked, 'offerings'> & {
  readonly offering?: string;
  /** A rate plan: whoever holds any offering that is priced by it. */
  readonly plan?: string;
};

export type CustomerList = Page<CustomerListed> & {
  /** What the list can be narrowed by, with names: offerings by their id, and segments. */
  readonly offerings: readonly OfferingNamed[];
  readonly segments: readonly string[];
};

/** Amounts are left out for whoever may not read bills. */
export async function listCustomers(app: App, actor: Actor, input: ListCustomers = {}): Promise<CustomerList> {
  authorize(actor, 'customer.find');
  const { offering, plan, ...asked } = input;
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const offerings = offeringNames(release, today);
    const wanted = offerings.filter(
      ({ id, plans }) => (offering === undefined || id === offering) && (plan === undefined || plans.includes(plan)),
    );
    const isNarrowed = offering !== undefined || plan !== undefined;
    const found = await findCustomers(tx, today, {
      ...asked,
      ...(isNarrowed && { offerings: wanted.map(({ id }) => id) }),
    });
    const rows = mayDo(actor, 'bill.read') ? found.rows : found.rows.map((row) => ({ ...row, lastBill: null }));
    return { ...found, rows, offerings, segments: await segmentsOf(tx) };
  });
}
