/**
 * Random members of the shipped fitness club over eighteen months: versions that they keep, pauses, changes between months and
 * years that are paid in advance, free days, first parts that wait for the next bill.
 */
import fc from 'fast-check';
import type { AccountDocument, Product, ProductChange } from '#schemas/generated/types.ts';
import { addDays, addMonths } from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

export const release = prepareRelease(rulesetsOf('kanade-fitness'));
export const offerings = ['gym', 'pool', 'locker', 'studio-monthly', 'studio-yearly'];

/** The day on which the club opened, a year before the span that the documents ask for. */
const first = '2024-04-01';

const changes = fc.array(
  fc.record({
    after: fc.integer({ min: 1, max: 900 }),
    what: fc.oneof(
      fc.constantFrom('suspended' as const, 'active' as const).map((status) => ({ status })),
      fc.constantFrom('studio-monthly', 'studio-yearly').map((offering) => ({ offering })),
    ),
  }),
  { maxLength: 5 },
);

const products = fc
  .array(
    fc.record({
      offering: fc.constantFrom(...offerings),
      startsOn: fc.integer({ min: 0, max: 900 }).map((days) => addDays(first, days)),
      served: fc.option(fc.integer({ min: 1, max: 900 }), { nil: null }),
      isBound: fc.boolean(),
      tenureYears: fc.integer({ min: 0, max: 2 }),
      changes,
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((rows) =>
    rows.map((row, index): Product => {
      const isStudio = row.offering.startsWith('studio');
      const history = row.changes
        .filter(({ what }) => isStudio || !('offering' in what))
        .map(({ after, what }): ProductChange => ({ from: addDays(row.startsOn, after), ...what }));
      return {
        ...{ id: `P-${index}`, account: 'A-1', offering: row.offering, event: 'new' },
        ...{ appliedOn: row.startsOn, startsOn: row.startsOn },
        endsOn: row.served === null ? null : addDays(row.startsOn, row.served),
        tenureFrom: addMonths(row.startsOn, -12 * row.tenureYears),
        ...(row.isBound && !isStudio && { ratePlanVersion: 1 }),
        ...(history.length > 0 && { history }),
      };
    }),
  );

export const documents: fc.Arbitrary<AccountDocument> = products.map((held) => ({
  customer: { id: 'C-1', type: 'individual' as const },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: held,
  periods: { first: '2025-06', last: '2026-11' },
}));
