/**
 * How does a condition learn about a customer, a product, a use? Facts by their id in schemas/facts/dictionary.json.
 * Also called: rating attributes, 判定項目, 条件項目.
 */
import type { CustomerFacts, Product, Usage } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { documentDay } from './document-day.ts';
import { completeMonths } from '#engine/calendar/term.ts';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import type { FactValue, Facts } from '#engine/conditions/evaluate.ts';
import type { Stretch } from './timeline.ts';

/** What the facts of one product in one period are drawn from. */
export interface FactSource {
  readonly customer: CustomerFacts;
  readonly billingCycle: string;
  readonly currency: string;
  readonly services: readonly string[];
  readonly offerings: readonly string[];
  readonly product: Product;
  readonly stretch: Stretch;
  readonly service: string;
  readonly ratePlan: string;
  /** The day on which ages and months are counted: the first day of the billing period. */
  readonly judgedOn: CivilDate;
}

const readers: Readonly<Record<string, (source: FactSource) => FactValue>> = {
  'customer.type': (from) => from.customer.type,
  'customer.segment': (from) => from.customer.segment ?? null,
  'customer.age': (from) => ageOf(from.customer.birthDate, from.judgedOn),
  'account.currency': (from) => from.currency,
  'account.billingCycle': (from) => from.billingCycle,
  'group.services': (from) => from.services,
  'group.offerings': (from) => from.offerings,
  'product.offering': (from) => from.stretch.offering,
  'product.service': (from) => from.service,
  'product.ratePlan': (from) => from.ratePlan,
  'product.event': (from) => from.product.event,
  'product.appliedOn': (from) => from.product.appliedOn,
  'product.startsOn': (from) => from.product.startsOn,
  'product.endsOn': (from) => from.product.endsOn,
  'product.endReason': (from) => from.product.endReason ?? null,
  'product.documentDay': (from) => documentDay(from.product),
  'product.quantity': (from) => from.stretch.quantity,
  'product.tenureMonths': (from) => tenureMonths(from),
};

/** The facts of a product; a fact that is not known of it is null. */
export function productFacts(source: FactSource): Facts {
  return (id) => readers[id]?.(source) ?? null;
}

/** The facts of one use of a product: those of the product, and those of the use. */
export const usageFacts = (product: Facts, use: Usage): Facts => usesFacts(product)(use);

/** The same for many uses, one after the other: what is returned speaks of the use that was given last. */
export function usesFacts(product: Facts): (use: Usage) => Facts {
  let current: Usage;
  const facts: Facts = (id) => {
    switch (id) {
      case 'usage.meter':
        return current.meter;
      case 'usage.quantity':
        return current.quantity;
      case 'usage.date':
        return current.startedAt.slice(0, 10);
      case 'usage.hour':
        return String(Number(current.startedAt.slice(11, 13)));
      default: {
        const attribute = attributeIn(id);
        return attribute === null ? product(id) : (current.attributes?.[attribute] ?? null);
      }
    }
  };
  return (use) => {
    current = use;
    return facts;
  };
}

const attributes = new Map<string, string | null>(
  [...factDictionary.keys()].map((id) => [id, id.startsWith('usage.') ? id.slice('usage.'.length) : null]),
);

/** The attribute of a use that a fact reads; null for a fact of the product. */
function attributeIn(id: string): string | null {
  const known = attributes.get(id);
  if (known !== undefined) return known;
  return id.startsWith('usage.') ? id.slice('usage.'.length) : null;
}

function ageOf(birthDate: CivilDate | undefined, on: CivilDate): FactValue {
  if (birthDate === undefined || birthDate > on) return null;
  return String(Math.floor(completeMonths(birthDate, on) / 12));
}

function tenureMonths(from: FactSource): FactValue {
  const start = from.product.tenureFrom ?? from.product.startsOn;
  return String(start > from.judgedOn ? 0 : completeMonths(start, from.judgedOn));
}
