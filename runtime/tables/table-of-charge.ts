/**
 * Which price table of a rate plan is meant, and how is another put in its place?
 * Also called: table lookup, 料金表の差し替え.
 */
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixPrice, RatePlanRuleset } from '#schemas/generated/types.ts';

/** The table of the charge. Refused with `table-unknown-charge`. */
export function tableOfCharge({ body }: RatePlanRuleset, charge: string): MatrixPrice {
  const tables = body.charges.flatMap((each) =>
    (each.type === 'usage' || each.type === 'quantity') && each.price.model === 'matrix'
      ? [{ id: each.id, table: each.price }]
      : [],
  );
  const found = tables.find(({ id }) => id === charge);
  if (found === undefined)
    throw new Refusal('table-unknown-charge', { charge, found: tables.map(({ id }) => id) }, 404);
  return found.table;
}

/** The plan with another table for the charge. */
export function withTable(plan: RatePlanRuleset, charge: string, table: MatrixPrice): RatePlanRuleset {
  tableOfCharge(plan, charge);
  const charges = plan.body.charges.map((each) =>
    each.id === charge && (each.type === 'usage' || each.type === 'quantity') ? { ...each, price: table } : each,
  );
  return { ...plan, body: { ...plan.body, charges } };
}
