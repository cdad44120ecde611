/**
 * What does usage cost? Its quantity, priced by the charge's shape. Also called: usage charge, 従量料金, 通話料, 通信料.
 */
import type { Localized, Sentence, UsageCharge } from '#schemas/generated/types.ts';
import { dividedBy, exact, fromInteger, isZero, plus, times, toText, type Exact } from '#engine/money/exact.ts';
import { priceOf, type Priced } from '#engine/usage/prices.ts';
import {
  addLine,
  roundAmount,
  type BillDraft,
  type ProductInPeriod,
  type UsageQuantity,
} from '#engine/billing/draft.ts';
import { hasAgreements, priceFor } from './negotiated-price.ts';

/** One line: the uses of the charge, or those that chose one row of its price table. */
export function usageLine(
  draft: BillDraft,
  product: ProductInPeriod,
  quantity: UsageQuantity,
  charge: UsageCharge,
): void {
  const { place } = quantity;
  const priced = agreedOrListed(draft, product, quantity, charge);
  const connecting = connectFees(charge, quantity);
  const worked = connecting === undefined ? priced.amount : plus(priced.amount, connecting.amount);
  const line = addLine(draft, {
    product: product.product.id,
    charge: charge.id,
    name: nameOf(charge, quantity.tableRow),
    phase: 'listCharges',
    ruleset: place.ruleset,
    row: place.priceRow + priced.row,
    target: null,
    servicePeriod: quantity.servicePeriod,
    quantity: quantity.units,
    unitPrice: priced.unitPrice,
    base: worked,
    exact: worked,
    amount: roundAmount(draft, worked, charge.rounding ?? draft.rounding.body.line),
    taxCategory: charge.taxCategory,
    taxIncluded: charge.taxIncluded ?? false,
    why: priced.why,
  });
  if (!draft.trace.on) return;
  const steps = [countStep(quantity, charge.unit.size), ...freedStep(quantity), ...priced.steps()];
  draft.trace.line(line.id, line.why, connecting === undefined ? steps : [...steps, connecting.step]);
}

/**
 * An agreement speaks of one unit: it takes the place of what a unit costs by the list, all tiers considered. The one in
 * force on the first day that the line covers holds for all of it, so that tiers are not cut within a month.
 */
function agreedOrListed(
  draft: BillDraft,
  product: ProductInPeriod,
  quantity: UsageQuantity,
  charge: UsageCharge,
): Priced {
  const listed = listedPrice(quantity, charge);
  const { place, units, servicePeriod } = quantity;
  if (isZero(units) || !hasAgreements(draft)) return listed;
  const agreed = priceFor(draft, product, place, dividedBy(listed.amount, units), servicePeriod.start);
  if (agreed.agreement === null) return listed;
  const values = { quantity: toText(units), price: toText(agreed.price), agreement: agreed.agreement };
  return {
    amount: times(agreed.price, units),
    unitPrice: agreed.price,
    row: listed.row,
    why: { code: 'line.quantity.agreed', values },
    steps: () => agreed.steps,
  };
}

/** Of all units together; or of each use by itself, where the charge says so. */
function listedPrice({ owed, units, tableRow, chargedUses }: UsageQuantity, charge: UsageCharge): Priced {
  const together = priceOf(charge.price, { units, tableRow });
  if (owed === null) return together;
  const { minimum = 'none', maximum = 'none', rounding } = charge.eachUse!;
  const price = charge.price.model === 'percentage' ? charge.price.percent : toText(together.unitPrice!);
  const code = charge.price.model === 'percentage' ? 'line.usage.eachUse.percent' : 'line.usage.eachUse';
  const limits = { minimum, maximum, step: rounding?.step ?? 'none', mode: rounding?.mode ?? 'none' };
  const why = { code, values: { uses: String(chargedUses), price, ...limits } };
  return { amount: owed, unitPrice: null, row: together.row, why, steps: () => [together.why, ...together.steps()] };
}

/** What was free among the first uses of the month. */
function freedStep({ freed }: UsageQuantity): readonly Sentence[] {
  if (freed === null || freed.uses === 0) return [];
  return [{ code: 'trace.usage.freed', values: { uses: String(freed.uses), amount: toText(freed.amount) } }];
}

/** Each charged use owes the connect fee, that of its table row before that of the charge. */
function connectFees(charge: UsageCharge, quantity: UsageQuantity): { amount: Exact; step: Sentence } | undefined {
  const row = charge.price.model === 'matrix' ? charge.price.rows[quantity.tableRow ?? -1] : undefined;
  const fee = row?.connectFee ?? charge.connectFee;
  if (fee === undefined) return undefined;
  const amount = times(exact(fee), fromInteger(BigInt(quantity.chargedUses)));
  const values = { uses: String(quantity.chargedUses), fee, amount: toText(amount) };
  return { amount, step: { code: 'trace.usage.connectFee', values } };
}

function nameOf(charge: UsageCharge, tableRow: number | null): Localized {
  const name = charge.price.model === 'matrix' ? charge.price.rows[tableRow ?? -1]?.name : undefined;
  if (name === undefined) return charge.name;
  return { ja: `${charge.name.ja}（${name.ja}）`, en: `${charge.name.en} (${name.en})` };
}

export function countStep(quantity: UsageQuantity, size: string): Sentence {
  const { uses, used, units, covered } = quantity;
  const free = covered === null ? '0' : toText(covered);
  const values = { uses: String(uses), used: toText(used), size, units: toText(units), free };
  return { code: quantity.late ? 'trace.usage.lateCount' : 'trace.usage.count', values };
}
