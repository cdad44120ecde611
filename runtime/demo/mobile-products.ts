/**
 * What becomes of a contract of the demo carrier: ordered, changed, suspended, put right, ended, each known from a day on?
 * Also called: contract events, 契約異動, プラン変更, 休止, 解約, 訂正.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { ProductEvent } from '#schemas/generated/types.ts';
import type { Plans } from './demo-plans.ts';
import { heldStretches, type DemoProduct, type DemoStretch } from './population.ts';

/** The first day on which the carrier's plans are in force, and that of the offering with the statutory fees. */
export const opened: CivilDate = '2022-04-01';
export const feesFrom: CivilDate = '2024-04-01';

export type Order = {
  readonly id: string;
  readonly offering: string;
  readonly startsOn: CivilDate;
  /** The day on which the order was registered; by default a few days before the start. */
  readonly knownOn?: CivilDate;
  readonly endsOn?: CivilDate;
  readonly endReason?: string;
  readonly event?: ProductEvent;
  readonly tenureFrom?: CivilDate;
  readonly quantity?: string;
  readonly identifier?: string;
  readonly grants?: readonly string[];
};

/** The product as ordered. */
export function ordered(plans: Plans, order: Order): DemoProduct {
  const { id, offering, startsOn, identifier = null, grants = [], event = 'new', quantity = '1' } = order;
  const before = addDays(startsOn, -3);
  const knownOn = order.knownOn ?? before;
  const appliedOn = knownOn < startsOn ? knownOn : before;
  const stretch: DemoStretch = {
    from: startsOn,
    to: order.endsOn ?? null,
    ...plans.bindingOf(offering, appliedOn),
    quantity,
    status: 'active',
    endReason: order.endsOn === undefined ? null : (order.endReason ?? 'customer-request'),
    knownOn,
    knownUntil: null,
  };
  return { id, event, appliedOn, tenureFrom: order.tenureFrom ?? startsOn, identifier, history: [stretch], grants };
}

/** The product with another offering from `from`, as is known from `on`. */
export function changed(
  plans: Plans,
  product: DemoProduct,
  offering: string,
  from: CivilDate,
  on: CivilDate,
): DemoProduct {
  return revised(product, from, on, (rest) => ({ ...rest, ...plans.bindingOf(offering, on) }));
}

export const suspended = (product: DemoProduct, from: CivilDate, on: CivilDate): DemoProduct =>
  revised(product, from, on, (rest) => ({ ...rest, status: 'suspended' }));

export const resumed = (product: DemoProduct, from: CivilDate, on: CivilDate): DemoProduct =>
  revised(product, from, on, (rest) => ({ ...rest, status: 'active' }));

/** The product without service from `endsOn`. */
export const ended = (product: DemoProduct, endsOn: CivilDate, reason: string, on: CivilDate): DemoProduct =>
  revised(product, endsOn, on, () => undefined, reason);

/** The product, entered with another offering by mistake and put right on `on`. */
export function putRight(plans: Plans, product: DemoProduct, mistaken: string, on: CivilDate): DemoProduct {
  const wrong = product.history.map((stretch) => ({
    ...stretch,
    ...plans.bindingOf(mistaken, product.appliedOn),
    knownUntil: on,
  }));
  return { ...product, history: [...wrong, ...product.history.map((stretch) => ({ ...stretch, knownOn: on }))] };
}

/**
 * The last stretch of the product cut at `from`, with `after` for the rest of it; unchanged where that day is not within it.
 * What was known of that stretch is known no longer; what became known on the same day was never known at all.
 */
function revised(
  product: DemoProduct,
  from: CivilDate,
  on: CivilDate,
  after: (rest: DemoStretch) => DemoStretch | undefined,
  endReason: string | null = null,
): DemoProduct {
  const last = heldStretches(product).at(-1)!;
  if (from <= last.from || (last.to !== null && from >= last.to)) return product;
  const known = { knownOn: on < last.knownOn ? last.knownOn : on, knownUntil: null };
  const rest = after({ ...last, ...known, from });
  const earlier = product.history.flatMap((stretch) => {
    if (stretch !== last) return [stretch];
    return last.knownOn === known.knownOn ? [] : [{ ...last, knownUntil: known.knownOn }];
  });
  const cut = { ...last, ...known, to: from, endReason: rest === undefined ? endReason : null };
  return { ...product, history: [...earlier, cut, ...(rest === undefined ? [] : [rest])] };
}
