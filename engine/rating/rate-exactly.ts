/**
 * What does each use cost, worked out in fractions? The counting and the prices are the bill's own, use by use.
 * Slow, and right for every shape: the way for whatever whole numbers are not proven for. Also called: 有理数での計算.
 */
import {
  exact,
  fromInteger,
  greatest,
  isZero,
  least,
  minus,
  plus,
  times,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { countOf, record, tallyFor, type Tally } from '#engine/usage/tally.ts';
import { priceOf } from '#engine/usage/prices.ts';
import type { UsageCharge } from '#schemas/generated/types.ts';
import type { UsageColumns } from './columns.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { kindOf } from './kinds.ts';
import type { Answer, Slot, Tariff } from './tariff.ts';

/** The amounts of the uses at these places, which are whole slots of products in order. */
export function rateExactly(
  tariff: Tariff,
  columns: UsageColumns,
  uses: readonly number[],
): ReadonlyMap<number, Exact> {
  const states = new Map<number, State>();
  const amounts = new Map<number, Exact>();
  for (const use of uses) {
    const number = columns.plan.codes[use]! * tariff.meters + columns.meter.codes[use]!;
    const slot = tariff.slots[number];
    if (slot == null) {
      amounts.set(use, ZERO);
      continue;
    }
    const key = columns.product[use]! * tariff.slots.length + number;
    const state = states.get(key) ?? startOf(slot);
    states.set(key, state);
    const answers = slot.answers[kindOf(tariff.dimensions, columns, use)]!;
    amounts.set(use, amountOf(state, answers, fromInteger(columns.quantity[use]!), use));
  }
  return amounts;
}

/** What a product has used so far of one meter. */
interface State {
  allowance: Exact;
  readonly charges: Map<UsageCharge, { readonly tallies: Map<number | null, Tallied>; worth: Exact; owed: Exact }>;
}

interface Tallied {
  readonly tally: Tally;
  worth: Exact;
}

const startOf = ({ allowances }: Slot): State => ({
  allowance: allowances.reduce((sum, { amount }) => plus(sum, exact(amount)), ZERO),
  charges: new Map(),
});

function amountOf(state: State, answers: readonly Answer[], quantity: Exact, use: number): Exact {
  const [first] = answers;
  if (first === undefined) return ZERO;
  const free = first.charge.freePerEvent === undefined ? ZERO : exact(first.charge.freePerEvent);
  const covered = least(state.allowance, greatest(ZERO, minus(quantity, free)));
  if (!isZero(covered)) state.allowance = minus(state.allowance, covered);
  return answers.reduce((sum, answer) => plus(sum, growthOf(state, answer, quantity, covered, use)), ZERO);
}

/** By how much the charge grows. */
function growthOf(state: State, { charge, row }: Answer, quantity: Exact, covered: Exact, use: number): Exact {
  if (row === undefined)
    throw new BillingProblem('usage-unrated', `/usage/${use}`, { usage: String(use), charge: charge.id });
  const ofCharge = state.charges.get(charge) ?? { tallies: new Map<number | null, Tallied>(), worth: ZERO, owed: ZERO };
  state.charges.set(charge, ofCharge);
  const ofRow = ofCharge.tallies.get(row) ?? { tally: tallyFor(charge, row), worth: ZERO };
  ofCharge.tallies.set(row, ofRow);
  record(ofRow.tally, quantity, covered);
  const worth = worthOf(charge, row, ofRow.tally);
  ofCharge.worth = plus(ofCharge.worth, minus(worth, ofRow.worth));
  ofRow.worth = worth;
  const owed = charge.bounds?.cap === undefined ? ofCharge.worth : least(exact(charge.bounds.cap), ofCharge.worth);
  const growth = minus(owed, ofCharge.owed);
  ofCharge.owed = owed;
  return growth;
}

function worthOf(charge: UsageCharge, row: number | null, tally: Tally): Exact {
  const count = countOf(tally);
  const price = count.owed ?? priceOf(charge.price, count).amount;
  const fee =
    (charge.price.model === 'matrix' ? charge.price.rows[row ?? -1]?.connectFee : undefined) ?? charge.connectFee;
  return fee === undefined ? price : plus(price, times(exact(fee), fromInteger(count.chargedUses)));
}
