/**
 * Do two lines of a rate plan charge, or bound, the same thing?
 * Also called: double charging, conflicting writers, 二重課金、上限・下限の衝突.
 */
import { factsWhere } from '#engine/conditions/facts-where.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact } from '#engine/money/exact.ts';
import type { Charge, Condition, RatePlanBody } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { comparisonsIn } from './condition-outcomes.ts';

/** Asked of a plan in which nothing else is wrong: its conditions are taken as they stand. */
export const checkPlanCollisions: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'ratePlan') return;
  const pairs = { left: mostPairs };
  ruleset.body.charges.forEach((charge, index) => {
    const earlier = ruleset.body.charges.slice(0, index);
    const path = below('/body/charges', index);
    if (charge.type === 'statutory') checkFee(charge, earlier, path, report);
    if ('meter' in charge) checkUse(charge, earlier, path, pairs, report);
  });
  checkBounds(ruleset.body, report);
};

type Metered = Extract<Charge, { meter: string }>;

function checkFee(
  { fee }: Extract<Charge, { fee: string }>,
  earlier: readonly Charge[],
  path: string,
  report: Report,
): void {
  const other = earlier.find((each) => each.type === 'statutory' && each.fee === fee);
  if (other !== undefined) report('fee-charged-twice', below(path, 'fee'), { fee, other: other.id });
}

/** Charges that add up on every use are meant so (energy and a levy); those that share uses out among them are not. */
function checkUse(
  charge: Metered,
  earlier: readonly Charge[],
  path: string,
  pairs: { left: number },
  report: Report,
): void {
  for (const other of earlier) {
    if (!('meter' in other) || other.meter !== charge.meter) continue;
    if (charge.where === undefined && other.where === undefined) continue;
    if (!isSmall(charge.where) || !isSmall(other.where) || (pairs.left -= 1) < 0) continue;
    const use = useOfBoth(charge.meter, charge.where, other.where);
    if (use === undefined) continue;
    report('use-charged-twice', charge.where === undefined ? path : below(path, 'where'), { other: other.id, use });
    return;
  }
}

/** Such as 'usage.destination = mobile'; undefined where no use is found that both charge. */
function useOfBoth(meter: string, ...asked: readonly (Condition | undefined)[]): string | undefined {
  const certain: Condition = { all: [{ fact: 'usage.meter', operator: 'equal', value: meter }] };
  const conditions = [...asked.flatMap((each) => each ?? []), certain];
  const { found } = factsWhere(
    conditions.map((condition) => ({ condition, holds: true })),
    mostTries,
  );
  return found === undefined ? undefined : useText(found);
}

/** 'usage.destination = mobile'; '*' where nothing is known of it besides its meter. */
export function useText(found: ReadonlyMap<string, FactValue>): string {
  const facts = [...found].filter(([fact, value]) => fact !== 'usage.meter' && value !== null);
  return facts.length === 0 ? '*' : facts.map(([fact, value]) => `${fact} = ${textOf(value)}`).join(', ');
}

/** An author waits for the answer: more pairs, longer searches and larger conditions are left alone. */
const mostPairs = 1_000;
export const mostTries = 300;
const mostComparisons = 20;

export const isSmall = (condition: Condition | undefined): boolean =>
  condition === undefined || comparisonsIn(condition) <= mostComparisons;

const textOf = (value: FactValue): string => (Array.isArray(value) ? value.join(' + ') : String(value));

interface Bounded {
  readonly name: string;
  readonly path: string;
  readonly charges: readonly string[];
  readonly minimum: string | undefined;
  readonly cap: string | undefined;
  readonly judgedOn: 'list' | 'net';
}

/** What raises a sum must not be undone by what cuts it, and a charge is not cut twice as if it were two. */
function checkBounds({ charges, bounds = [] }: RatePlanBody, report: Report): void {
  const lines = charges.flatMap((charge, index): readonly Bounded[] =>
    'bounds' in charge && charge.bounds !== undefined
      ? [boundedBy(charge.bounds, charge.id, below('/body/charges', index, 'bounds'), [charge.id])]
      : [],
  );
  const products = bounds.map((bound, index) =>
    boundedBy(bound, bound.id, below('/body/bounds', index), bound.charges ?? charges.map(({ id }) => id)),
  );
  const all = [...lines, ...products];
  for (const one of all) {
    const { minimum } = one;
    if (minimum === undefined) continue;
    const wider = products.find(
      (other) => other !== one && isWithin(one, other) && other.cap !== undefined && isAbove(minimum, other.cap),
    );
    if (wider !== undefined)
      report('minimum-above-wider-cap', below(one.path, 'minimum'), {
        minimum,
        other: wider.name,
        cap: wider.cap ?? '',
      });
  }
  products.forEach((bound, index) => {
    const other = products.slice(0, index).find((each) => each.judgedOn === bound.judgedOn && sharedBy(each, bound));
    if (other === undefined) return;
    report('bounds-share-charge', bound.path, { charge: sharedBy(other, bound) ?? '', other: other.name });
  });
}

function boundedBy(
  bound: { readonly minimum?: string; readonly cap?: string; readonly judgedOn?: 'list' | 'net' },
  name: string,
  path: string,
  charges: readonly string[],
): Bounded {
  return { ...{ name, path, charges }, minimum: bound.minimum, cap: bound.cap, judgedOn: bound.judgedOn ?? 'list' };
}

const isWithin = (one: Bounded, other: Bounded): boolean => one.charges.every((id) => other.charges.includes(id));
const isAbove = (amount: string, other: string): boolean => compare(exact(amount), exact(other)) > 0;

/** A charge that two bounds cut, or raise, where neither takes the other in whole: one within the other is judged first. */
function sharedBy(one: Bounded, other: Bounded): string | undefined {
  if (isWithin(one, other) !== isWithin(other, one)) return undefined;
  const bothDo = (what: 'minimum' | 'cap'): boolean => one[what] !== undefined && other[what] !== undefined;
  return bothDo('minimum') || bothDo('cap') ? one.charges.find((id) => other.charges.includes(id)) : undefined;
}
