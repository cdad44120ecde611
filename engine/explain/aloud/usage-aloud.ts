/**
 * What is said of usage besides its price? What was used and what of it was free, band by band, the connect fees, and that it came late.
 * Also called: usage in words, 利用量の説明, 無料分の説明.
 */
import {
  compare,
  dividedBy,
  exact,
  fractionOf,
  isZero,
  minus,
  times,
  toText,
  type Exact,
} from '#engine/money/exact.ts';
import { priceOf } from '#engine/usage/prices.ts';
import type { Bill, BillLine, Charge, UsageCharge } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import type { Spoken } from './line-aloud.ts';
import { aloud, moneyAloud, numberAloud, silence } from './said-aloud.ts';
import { chargeBehind, eachAloud, unitsAloud, unitsOf, usedAloud } from './units-aloud.ts';

/** That it is of an earlier period, what was used, where a trace has counted it, and what of each use is free. */
export function usageBefore(line: BillLine, { bill, release, steps }: Spoken): Said {
  const charge = usageBehind(line, release);
  if (charge === undefined) return silence;
  const { freePerEvent = '0' } = charge;
  const isFree = freePerEvent !== '0';
  return aloud('joined', {
    first: line.servicePeriod.end <= bill.period.start ? aloud('usage.late') : silence,
    second: charge.price.model === 'percentage' ? freedSentence(bill, steps) : usedSentence(charge, isFree, steps),
    third: isFree ? aloud('usage.freePerEvent', { free: usedAloud(freePerEvent, charge) }) : silence,
  });
}

function usedSentence(charge: UsageCharge, isFree: boolean, steps: Spoken['steps']): Said {
  const counted = steps?.find(({ code }) => code === 'trace.usage.count' || code === 'trace.usage.lateCount')?.values;
  const { uses = '0', used = '0', free = '0' } = counted ?? {};
  // Of a single use that is charged as it is, the price says how much it was.
  const isSaidByPrice = uses === '1' && free === '0' && !isFree;
  if (used === '0' || isSaidByPrice) return silence;
  return aloud('usage.used', {
    uses: numberAloud(uses),
    one: uses === '1' ? 'one' : 'many',
    used: usedAloud(used, charge),
    isFree: free === '0' ? 'no' : 'yes',
    free: usedAloud(free, charge),
  });
}

/** Of a percentage the price says of how much; what was free at the beginning of the month is said before. */
function freedSentence({ currency }: Bill, steps: Spoken['steps']): Said {
  const freed = steps?.find(({ code }) => code === 'trace.usage.freed')?.values['amount'];
  return freed === undefined ? silence : aloud('usage.freed', { amount: moneyAloud(freed, currency) });
}

/** What the connect fees add to the price of the units. */
export function usageAfter(line: BillLine, { bill, release }: Spoken): Said {
  const charge = usageBehind(line, release);
  if (charge === undefined || line.why.code === 'line.quantity.agreed') return silence;
  const row = charge.price.model === 'matrix' ? charge.price.rows[rowOf(line)] : undefined;
  const fee = row?.connectFee ?? charge.connectFee;
  if (fee === undefined || isZero(exact(fee))) return silence;
  const all = connectFeesIn(line, charge, exact(fee));
  if (isZero(all)) return silence;
  return aloud(compare(all, exact(fee)) === 0 ? 'usage.connectFee' : 'usage.connectFees', {
    fee: moneyAloud(fee, bill.currency),
    uses: numberAloud(toText(dividedBy(all, exact(fee)))),
    all: moneyAloud(toText(all), bill.currency),
  });
}

/** What is not the price of the units; where each use is priced by itself, the fee for each of them. */
function connectFeesIn(line: BillLine, charge: UsageCharge, fee: Exact): Exact {
  const { code, values } = line.why;
  if (code.startsWith('line.usage.eachUse')) return times(fee, exact(values['uses'] ?? '0'));
  const units = priceOf(charge.price, { units: unitsIn(line), tableRow: rowOf(line) });
  return minus(fractionOf(line.exact), units.amount);
}

/** 「120 キロワット時は 1 キロワット時あたり 27.1 円」, band by band as far as the units reach. */
export function tiersAloud(line: BillLine, charge: Charge, currency: string): readonly Said[] {
  if (charge.type !== 'usage' && charge.type !== 'quantity') return [];
  const units = unitsOf(charge, line.row);
  const steps = priceOf(charge.price, { units: unitsIn(line), tableRow: null }).steps();
  return steps.map(({ values }) =>
    aloud('usage.tier', {
      units: unitsAloud(values['units'] ?? '0', units),
      each: eachAloud(units),
      price: moneyAloud(values['unitPrice'] ?? '0', currency),
      hasFlat: values['flat'] === '0' ? 'no' : 'yes',
      flat: moneyAloud(values['flat'] ?? '0', currency),
    }),
  );
}

function usageBehind(line: BillLine, release: Spoken['release']): UsageCharge | undefined {
  if (line.phase !== 'listCharges' || line.row.includes('/suspensionFee')) return undefined;
  const charge = chargeBehind(line, release);
  return charge?.type === 'usage' ? charge : undefined;
}

const rowOf = ({ row }: BillLine): number => Number(/\/price\/rows\/(\d+)/.exec(row)?.[1] ?? '0');

const unitsIn = ({ why, quantity }: BillLine) => fractionOf(why.values['units'] ?? why.values['quantity'] ?? quantity);
