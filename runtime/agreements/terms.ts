/**
 * Can this be agreed on with a customer? Its form is that of the account document, and it names what exists.
 */
import { placeOf } from '#engine/diff/place.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { ConcessionTerms } from '#runtime/agreements/concessions.ts';
import { readAccounts, type CustomerRecord } from '#runtime/customers/read-customer.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { NegotiatedPrice } from '#schemas/generated/types.ts';

/** The kinds of charge whose amount can be agreed on: not what follows a sale, a law or a supplier. */
export const agreeable: ReadonlySet<string> = new Set(['oneTime', 'recurring', 'usage', 'quantity', 'cyclic']);

/** Refuses with `not-in-form`: the diagnostics, and of the first the place, as a path and as the labels on the way to it. */
export function assertForm(
  definition: 'NegotiatedPrice' | 'Adjustment' | 'ProductOrder' | 'CustomerEntry' | 'CustomerChange' | 'AccountMove',
  document: unknown,
): void {
  const diagnostics = formErrors(definition, document);
  const [first] = diagnostics;
  if (first === undefined) return;
  const { path, values } = first;
  const missing = first.code === 'required-field-missing' ? `/${values['field'] ?? ''}` : '';
  const place = placeOf(definition, document, path + missing);
  throw new Refusal('not-in-form', { path: path + missing, place, diagnostics }, 422);
}

/** Refuses with `charge-not-agreeable` when no plan has the charge, or only one whose amount cannot be agreed on. */
function assertAgreeable({ charge, ratePlan }: NegotiatedPrice, release: Release): void {
  const charges = release.rulesets.flatMap((ruleset) =>
    ruleset.kind === 'ratePlan' && (ratePlan === undefined || ruleset.id === ratePlan) ? ruleset.body.charges : [],
  );
  const named = charges.filter(({ id }) => id === charge);
  if (named.length > 0 && named.every(({ type }) => agreeable.has(type))) return;
  throw new Refusal('charge-not-agreeable', { charge }, 422);
}

/** Refuses with `charge-not-agreeable`, `product-unknown` and `account-unknown`. */
export async function assertNamesWhatExists(
  tx: SqlRunner,
  customer: CustomerRecord,
  { kind, terms }: Exclude<ConcessionTerms, { kind: 'withdrawal' }>,
  release: Release,
): Promise<void> {
  if (kind === 'adjustment') {
    const accounts = await readAccounts(tx, customer);
    if (!accounts.some(({ id }) => id === terms.account))
      throw new Refusal('account-unknown', { account: terms.account }, 404);
    return;
  }
  assertAgreeable(terms, release);
  if (terms.product === undefined) return;
  const { shard, groupId } = customer;
  const held = await tx.sql('select from product where shard = $1 and group_id = $2 and id = $3', [
    ...[shard, groupId, terms.product],
  ]);
  if (held.length === 0) throw new Refusal('product-unknown', { product: terms.product }, 404);
}

/** The reason, without the space around it. Refuses with `reason-missing`. */
export function assertReason(reason: string): string {
  const why = reason.trim();
  if (why === '' || why.length > 500) throw new Refusal('reason-missing', {}, 422);
  return why;
}
