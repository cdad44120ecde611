/**
 * Which amounts does a ruleset charge, or take off, as they stand? Neither prices of a unit, nor what is a part of something.
 * Also called: flat amounts, 定額の金額.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import type { Charge, Effect, PenaltyFee, Ruleset, UsagePrice } from '#schemas/generated/types.ts';

export interface FixedAmount {
  readonly amount: string;
  readonly path: string;
}

const one = (amount: string | undefined, path: string): readonly FixedAmount[] =>
  amount === undefined ? [] : [{ amount, path }];

/** In the order of the document. A charge that says itself how it is rounded may have parts of a unit. */
export function fixedAmounts(ruleset: Ruleset): readonly FixedAmount[] {
  switch (ruleset.kind) {
    case 'ratePlan':
      return [
        ...ruleset.body.charges.flatMap((charge, index) =>
          charge.rounding === undefined ? ofCharge(charge, below('/body/charges', index)) : [],
        ),
        ...(ruleset.body.bounds ?? []).flatMap((bound, index) => ofBounds(bound, below('/body/bounds', index))),
      ];
    case 'penalty':
      return [...ofFee(ruleset.body.fee, '/body/fee'), ...one(ruleset.body.cap, '/body/cap')];
    case 'campaign':
    case 'bundleDiscount':
      return [
        ...ruleset.body.discounts.flatMap(({ effect }, index) =>
          ofEffect(effect, below('/body/discounts', index, 'effect')),
        ),
        ...('allIn' in ruleset.body ? one(ruleset.body.allIn?.price, '/body/allIn/price') : []),
      ];
    case 'tenureDiscount':
      return ruleset.body.steps.flatMap(({ effect }, index) => ofEffect(effect, below('/body/steps', index, 'effect')));
    case 'billingCycle':
      return ofBounds(ruleset.body.bounds ?? {}, '/body/bounds');
    default:
      return [];
  }
}

const ofBounds = (
  bounds: { readonly minimum?: string; readonly cap?: string },
  path: string,
): readonly FixedAmount[] => [...one(bounds.minimum, below(path, 'minimum')), ...one(bounds.cap, below(path, 'cap'))];

function ofCharge(charge: Charge, path: string): readonly FixedAmount[] {
  const bounds = 'bounds' in charge ? ofBounds(charge.bounds ?? {}, below(path, 'bounds')) : [];
  switch (charge.type) {
    case 'oneTime':
      return [...one(charge.price, below(path, 'price')), ...bounds];
    case 'recurring':
    case 'cyclic':
      return [...(charge.perUnit === true ? [] : one(charge.price, below(path, 'price'))), ...bounds];
    case 'usage':
    case 'quantity':
      return [...ofPrice(charge.price, below(path, 'price')), ...bounds];
    case 'instalment':
      return one(charge.total, below(path, 'total'));
    default:
      return bounds;
  }
}

function ofPrice(price: UsagePrice, path: string): readonly FixedAmount[] {
  switch (price.model) {
    case 'doubleFlat':
      return [...one(price.floor, below(path, 'floor')), ...one(price.ceiling, below(path, 'ceiling'))];
    case 'steppedFlat':
      return price.steps.flatMap((step, index) => one(step.price, below(path, 'steps', index, 'price')));
    default:
      return [];
  }
}

function ofFee(fee: PenaltyFee, path: string): readonly FixedAmount[] {
  switch (fee.model) {
    case 'fixed':
    case 'perRemainingMonth':
      return one(fee.amount, below(path, 'amount'));
    case 'repayDiscount':
      return one(fee.monthlyDiscount, below(path, 'monthlyDiscount'));
    case 'table':
      return fee.rows.flatMap(({ amount }, index) => one(amount, below(path, 'rows', index, 'amount')));
    case 'remainder':
      return one(fee.total, below(path, 'total'));
    default:
      return [];
  }
}

function ofEffect(effect: Effect, path: string): readonly FixedAmount[] {
  if (effect.op === 'amountOff') return one(effect.amount, below(path, 'amount'));
  return effect.op === 'fixedPrice' ? one(effect.price, below(path, 'price')) : [];
}
