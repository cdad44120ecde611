/**
 * Does usage come in the unit in which it is charged, and does it come at all?
 * Also called: unit of measure, GB against MB, seconds against calls, 単位の不一致、届かないメーター.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import { subjectOf, unitOf } from '#engine/usage/meter-name.ts';
import type { Allowance, Charge, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';

/** Units of one measure can stand for one another; none of them is money. */
const measures: Readonly<Record<string, readonly string[]>> = {
  data: ['bits', 'bytes', 'kilobytes', 'megabytes', 'gigabytes', 'terabytes', 'kb', 'mb', 'gb', 'tb'],
  time: ['milliseconds', 'seconds', 'minutes', 'hours', 'days'],
  energy: ['wh', 'kwh', 'mwh'],
  volume: ['litres', 'cubicMetres'],
  count: ['count', 'calls', 'messages', 'packets', 'connections', 'positions', 'pieces'],
};

const measureOf = new Map(Object.entries(measures).flatMap(([measure, units]) => units.map((unit) => [unit, measure])));

export const checkMeters: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'ratePlan') return;
  const { charges, allowances = [] } = ruleset.body;
  charges.forEach((charge, index) => {
    if (!('meter' in charge)) return;
    const path = below('/body/charges', index);
    checkDelivery(charge.meter, below(path, 'meter'), known, report);
    checkMoney(charge, path, report);
  });
  allowances.forEach((allowance, index) =>
    checkDrawn(allowance, below('/body/allowances', index), ruleset, known, report),
  );
};

/** Asked where usage comes in files: of an operator without a file format nothing is known. */
function checkDelivery(meter: string, path: string, known: Known, report: Report): void {
  const delivered = metersDelivered(known);
  if (!known.isWhole('fileFormat') || delivered.size === 0 || delivered.has(meter)) return;
  const other = [...delivered].find((each) => isOtherUnit(each, meter));
  if (other === undefined) report('meter-never-delivered', path, { meter });
  else report('meter-in-other-unit', path, { meter, other });
}

const metersDelivered = preparedOnce(
  (known: Known): ReadonlySet<string> =>
    new Set(known.ofKind('fileFormat').flatMap(({ body }) => body.records.map(({ meter }) => meter))),
);

/** A share of an amount, and an amount that is passed on, are of money. */
function checkMoney(charge: Extract<Charge, { meter: string }>, path: string, report: Report): void {
  const isOfMoney = charge.type === 'passThrough' || charge.price.model === 'percentage';
  const unit = unitOf(charge.meter);
  if (isOfMoney && measureOf.has(unit)) report('meter-not-money', below(path, 'meter'), { meter: charge.meter, unit });
}

/** What is shared beyond the product may be drawn on by another plan. */
function checkDrawn(
  { meter, sharedBy }: Allowance,
  path: string,
  plan: RatePlanRuleset,
  known: Known,
  report: Report,
): void {
  const plans = sharedBy === 'product' ? [plan] : known.ofKind('ratePlan');
  if (sharedBy !== 'product' && !known.isWhole('ratePlan')) return;
  const counted = plans.flatMap(({ body }) => body.charges.flatMap((each) => ('meter' in each ? [each.meter] : [])));
  if (counted.includes(meter)) return;
  const other = counted.find((each) => isOtherUnit(each, meter));
  if (other === undefined) report('allowance-never-drawn', below(path, 'meter'), { meter });
  else report('meter-in-other-unit', below(path, 'meter'), { meter, other });
}

/** The same thing in another unit of the same measure. */
function isOtherUnit(a: string, b: string): boolean {
  const [first, second] = [measureOf.get(unitOf(a)), measureOf.get(unitOf(b))];
  return first !== undefined && first === second && subjectOf(a) === subjectOf(b);
}
