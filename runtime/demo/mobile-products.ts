/**
 * What may one line, one house, one device of the demo carrier look like? The contracts of kanade-mobile, with what befell them.
 * Also called: sample contracts, 契約例, プラン変更, 休止, 解約.
 */
import { addDays, addMonths, daysBetween, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { ProductEvent } from '#schemas/generated/types.ts';
import type { DemoProduct, DemoStretch } from './population.ts';
import type { Random } from './random.ts';

/** The first day on which the carrier's plans are in force, and that of the offering with the statutory fees. */
export const opened: CivilDate = '2022-04-01';
const feesFrom: CivilDate = '2024-04-01';

export type NewProduct = {
  readonly id: string;
  readonly offering: string;
  readonly startsOn: CivilDate;
  readonly endsOn?: CivilDate | null;
  readonly endReason?: string;
  readonly event?: ProductEvent;
  readonly tenureFrom?: CivilDate;
  readonly quantity?: string;
  readonly identifier?: string;
  readonly grants?: readonly string[];
};

export function productOf(wanted: NewProduct): DemoProduct {
  const {
    id,
    offering,
    startsOn,
    endsOn = null,
    event = 'new',
    identifier = null,
    grants = [],
    quantity = '1',
  } = wanted;
  const stretch: DemoStretch = {
    from: startsOn,
    to: endsOn,
    offering,
    ...boundTo(offering, startsOn),
    quantity,
    status: 'active',
    endReason: endsOn === null ? null : (wanted.endReason ?? 'customer-request'),
  };
  return {
    id,
    event,
    appliedOn: addDays(startsOn, -3) < opened ? opened : addDays(startsOn, -3),
    tenureFrom: wanted.tenureFrom ?? startsOn,
    identifier,
    history: [stretch],
    grants,
  };
}

/** Smartphone S went up in April 2026: whoever joined before keeps the first version. */
function boundTo(offering: string, startsOn: CivilDate): Pick<DemoStretch, 'ratePlanVersion' | 'boundBy'> {
  if (offering !== 'smartphone-s') return { ratePlanVersion: null, boundBy: 'order' };
  return startsOn < '2026-04-01'
    ? { ratePlanVersion: 1, boundBy: 'grandfather' }
    : { ratePlanVersion: 2, boundBy: 'order' };
}

/** The product with another offering from `on`. */
export function changedTo(product: DemoProduct, offering: string, on: CivilDate): DemoProduct {
  return cut(product, on, (last) => ({ ...last, offering, ...boundTo(offering, on) }));
}

export function suspended(product: DemoProduct, from: CivilDate, resumesOn: CivilDate | null): DemoProduct {
  const stopped = cut(product, from, (last) => ({ ...last, status: 'suspended' }));
  return resumesOn === null ? stopped : cut(stopped, resumesOn, (last) => ({ ...last, status: 'active' }));
}

function cut(product: DemoProduct, on: CivilDate, after: (last: DemoStretch) => DemoStretch): DemoProduct {
  const last = product.history.at(-1)!;
  if (on <= last.from || (last.to !== null && on >= last.to)) return product;
  const [before, next] = [{ ...last, to: on, endReason: null }, after({ ...last, from: on })];
  return { ...product, history: [...product.history.slice(0, -1), before, next] };
}

/** The product, first entered with another offering by mistake. */
export function putRight(product: DemoProduct, mistaken: string): DemoProduct {
  return {
    ...product,
    believedBefore: product.history.map((stretch) => ({ ...stretch, offering: mistaken, ratePlanVersion: null })),
  };
}

/** What goes with a voice line: the statutory fees of its number and, for some, a device, options and top-ups. */
export function besideLine(random: Random, line: DemoProduct, today: CivilDate): DemoProduct[] {
  const first = line.history[0]!;
  const end = line.history.at(-1)!.to;
  const from = first.from < feesFrom ? feesFrom : first.from;
  const beside = (number: number, offering: string, startsOn: CivilDate, more: Partial<NewProduct> = {}): DemoProduct =>
    productOf({ id: `${line.id}-${number}`, offering, startsOn, endsOn: end, ...more });
  const isGone = end !== null && end <= from;
  const month = firstOfMonth(today);
  const boughtOn = addDays(month, random.below(daysBetween(month, today) + 1));
  return [
    ...(isGone ? [] : [beside(1, 'phone-number', from)]),
    ...(random.chance(30)
      ? [beside(2, 'device-instalment', first.from, { endsOn: addMonths(first.from, 24), endReason: 'paid-in-full' })]
      : []),
    ...(random.chance(20) ? [beside(3, 'voicemail', first.from)] : []),
    ...(random.chance(12) ? [beside(4, 'security-pack', first.from, { quantity: String(random.between(1, 3)) })] : []),
    ...(random.chance(10) ? [beside(5, 'device-care', first.from)] : []),
    ...(random.chance(6) && end === null && boughtOn >= first.from
      ? [beside(6, 'data-top-up', boughtOn, { endsOn: addDays(boughtOn, 30), endReason: 'used-up' })]
      : []),
  ];
}
