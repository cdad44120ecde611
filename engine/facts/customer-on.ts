/**
 * What was the customer on a day: an individual or a company, of which segment?
 * Also called: customer attributes as of, 個人・法人の区分、その日の区分.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { CustomerFacts } from '#schemas/generated/types.ts';

/** The customer as of `day`; the very same when nothing of it ever changed. */
export function customerOn(customer: CustomerFacts, day: CivilDate): CustomerFacts {
  const change = customer.history?.findLast(({ from }) => from <= day);
  if (change === undefined) return customer;
  const { segment: _, ...unchanged } = customer;
  return { ...unchanged, type: change.type, ...(change.segment !== null && { segment: change.segment }) };
}
