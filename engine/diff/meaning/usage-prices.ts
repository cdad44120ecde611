/**
 * What do so many units cost before and after? Two prices are held against each other at the quantities where either bends.
 * Also called: price curve, tier comparison, 段階料金の比較. Tables of rows are in price-table.ts.
 */
import {
  compare,
  dividedBy,
  exact,
  fromInteger,
  isZero,
  ONE,
  plus,
  times,
  toText,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { ceilingOf } from '#engine/money/rounding.ts';
import { justUnits, unitsAloud, unitsOf } from '#engine/explain/aloud/units-aloud.ts';
import { said, saidMoney, type SaidValue } from '#engine/explain/said.ts';
import type { QuantityCharge, UsageCharge, UsagePrice } from '#schemas/generated/types.ts';
import { isDueWithoutUse, priceOf } from '#engine/usage/prices.ts';
import { around, findingAt, type Compared } from './compared.ts';
import { directionOf, growth } from './field-meaning.ts';
import type { Finding } from './finding.ts';

type Curve = Exclude<UsagePrice, { model: 'matrix' }>;

/** So many quantities are told of; all of them are compared. */
const MOST_TOLD = 4;

const paid = { about: 'price', more: 'dearer', none: 'zero' } as const;

export function changedCurve(compared: Compared, before: Curve, after: Curve): Finding {
  if (before.model === 'perUnit' && after.model === 'perUnit') {
    const by = growth(before.unitPrice, after.unitPrice);
    const direction = directionOf(paid, before.unitPrice, after.unitPrice);
    if (direction === undefined) return findingAt(compared, { about: 'cosmetic', code: 'meaning.samePrice' });
    return findingAt(compared, {
      ...{ about: 'price', direction, ...(by === undefined ? {} : { by }), code: 'meaning.unitPrice' },
      values: {
        before: saidMoney(before.unitPrice, compared.naming),
        after: saidMoney(after.unitPrice, compared.naming),
      },
    });
  }
  const samples = quantitiesOf(before, after).flatMap((units) => {
    const [was, is] = [costOf(before, units), costOf(after, units)];
    return compare(was, is) === 0 ? [] : [{ units, was, is }];
  });
  if (samples.length === 0) return findingAt(compared, { about: 'cosmetic', code: 'meaning.samePrice' });
  const ways = new Set(samples.map(({ was, is }) => compare(is, was)));
  const direction = ways.size > 1 ? 'either' : ways.has(1) ? 'dearer' : 'cheaper';
  const told = spread(samples.filter(({ units }) => units.d === 1n || samples.length < 3)).map(
    ({ units, was, is }): SaidValue =>
      said('meaning.atQuantity', {
        units: saidUnits(compared, after, toText(units)),
        before: saidMoney(toText(was), compared.naming),
        after: saidMoney(toText(is), compared.naming),
      }),
  );
  return findingAt(compared, { about: 'price', direction, code: 'meaning.curve', values: { samples: told } });
}

/** 「24 ギガバイト」; of a percentage, so much money. */
function saidUnits(compared: Compared, { model }: Curve, units: string): SaidValue {
  if (model === 'percentage') return saidMoney(units, compared.naming);
  const charge = around(compared, 'after') as Partial<UsageCharge | QuantityCharge> | undefined;
  const isCharge = charge?.type === 'usage' || charge?.type === 'quantity';
  return unitsAloud(units, isCharge ? unitsOf(charge as UsageCharge | QuantityCharge, '') : justUnits);
}

const costOf = (price: Curve, units: Exact): Exact =>
  isZero(units) && !isDueWithoutUse(price) ? ZERO : priceOf(price, { units, tableRow: null }).amount;

/** Where either bends, right behind it, in the middle of each stretch, and far out: two straight lines that agree there are one. */
function quantitiesOf(before: Curve, after: Curve): Exact[] {
  const bends = [...bendsOf(before), ...bendsOf(after)].toSorted(compare);
  const last = bends.at(-1) ?? exact('100');
  const points = [
    ...(isDueWithoutUse(before) || isDueWithoutUse(after) ? [ZERO] : []),
    ONE,
    ...bends.flatMap((bend, index) => {
      const from = bends[index - 1] ?? ZERO;
      return [times(plus(from, bend), { n: 1n, d: 2n }), bend, plus(bend, ONE)];
    }),
    times(last, exact('2')),
    times(last, exact('3')),
  ];
  const texts = new Map(points.toSorted(compare).map((point) => [toText(point), point]));
  return [...texts.values()];
}

function bendsOf(price: Curve): Exact[] {
  switch (price.model) {
    case 'volume':
    case 'graduated':
      return price.tiers.flatMap(({ upTo }) => (upTo === null ? [] : [exact(upTo)]));
    case 'steppedFlat':
      return price.steps.flatMap(({ upTo }) => (upTo === null ? [] : [exact(upTo)]));
    case 'doubleFlat':
      return isZero(exact(price.unitPrice))
        ? []
        : [price.floor, price.ceiling].map((limit) =>
            fromInteger(ceilingOf(dividedBy(exact(limit), exact(price.unitPrice)))),
          );
    case 'package':
      return [exact(price.size), times(exact(price.size), exact('2'))];
    case 'percentage':
      return [exact('10000')];
    case 'perUnit':
      return [exact('100')];
  }
}

/** The first, the last, and some of those between. */
function spread<Sample>(samples: readonly Sample[]): Sample[] {
  if (samples.length <= MOST_TOLD) return [...samples];
  const step = (samples.length - 1) / (MOST_TOLD - 1);
  return Array.from({ length: MOST_TOLD }, (_, index) => samples[Math.floor(index * step)]!);
}
