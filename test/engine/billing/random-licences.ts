/** Random customers of the shipped seller of licences: seats that come and go, by volume and by bands. */
import fc from 'fast-check';
import type { AccountDocument, Product } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

export const release = prepareRelease(rulesetsOf('kanade-licences'));
export const offerings = ['office-suite', 'developer-tools', 'security-agent'];

const products = fc.array(
  fc.record({
    offering: fc.constantFrom(...offerings),
    starts: fc.integer({ min: 0, max: 300 }),
    served: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
    seats: fc.integer({ min: 0, max: 40 }),
    later: fc.array(fc.record({ after: fc.integer({ min: 1, max: 300 }), seats: fc.integer({ min: 0, max: 40 }) }), {
      maxLength: 3,
    }),
  }),
  { minLength: 1, maxLength: 3 },
);

export const documents: fc.Arbitrary<AccountDocument> = products.map((rows) => ({
  customer: { id: 'C-1', type: 'corporate' as const },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: rows.map(({ offering, starts, served, seats, later }, index): Product => {
    const startsOn = addDays('2025-06-01', starts);
    return {
      ...{ id: `P-${index}`, account: 'A-1', offering, event: 'new', appliedOn: startsOn, startsOn },
      endsOn: served === null ? null : addDays(startsOn, served),
      quantity: String(seats),
      history: later.map(({ after, seats: quantity }) => ({
        from: addDays(startsOn, after),
        quantity: String(quantity),
      })),
    };
  }),
  periods: { first: '2025-06', last: '2026-11' },
}));
