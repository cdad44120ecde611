/**
 * Random customers of the shipped conventions over eighteen months: days of a change that belong to the old plan, days bought
 * with what was paid, parts up to an anchor, first tiers due without use, uses priced one by one, discounts by the day.
 */
import fc from 'fast-check';
import type { AccountDocument, Product, Usage } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

export const release = prepareRelease(rulesetsOf('conventions'));

/** Plans among which customers change, and what is used under them. */
const families: readonly { readonly offerings: readonly string[]; readonly meters: readonly string[] }[] = [
  { offerings: ['standard', 'premium', 'premium-next-day'], meters: [] },
  { offerings: ['pass-monthly', 'pass-yearly', 'pass-april'], meters: [] },
  { offerings: ['card-payments', 'first-payments-free'], meters: ['payment.yen'] },
  { offerings: ['calls-to-the-yen', 'calls-half-up', 'last-day-free'], meters: ['voice.seconds'] },
  { offerings: ['meter-graduated', 'meter-volume'], meters: ['electricity.kwh'] },
  { offerings: ['steps-when-used', 'data-by-day', 'data-whole'], meters: ['data.megabytes'] },
  { offerings: ['club'], meters: [] },
];
export const offerings = families.flatMap((family) => family.offerings);

const first = '2025-06-01';

const lives = fc
  .record({
    family: fc.constantFrom(...families),
    starts: fc.integer({ min: -60, max: 450 }),
    served: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
    event: fc.constantFrom('new' as const, 'simultaneous' as const),
    changes: fc.array(
      fc.record({
        after: fc.integer({ min: 1, max: 300 }),
        to: fc.nat(2),
        status: fc.constantFrom('active' as const, 'active' as const, 'suspended' as const),
      }),
      { maxLength: 4 },
    ),
    uses: fc.array(fc.record({ after: fc.nat(400), quantity: fc.integer({ min: 0, max: 20_000 }), hour: fc.nat(23) }), {
      maxLength: 10,
    }),
  })
  .map((life) => ({ ...life, startsOn: addDays(first, life.starts) }));

type Life = typeof lives extends fc.Arbitrary<infer T> ? T : never;

function productOf({ family, startsOn, served, event, changes }: Life, index: number): Product {
  const history = changes.map(({ after, to, status }) => ({
    from: addDays(startsOn, after),
    offering: family.offerings[to % family.offerings.length]!,
    status,
  }));
  return {
    ...{ id: `P-${index}`, account: 'A-1', offering: family.offerings[0]!, event, appliedOn: startsOn, startsOn },
    endsOn: served === null ? null : addDays(startsOn, served),
    ...(history.length > 0 && { history }),
  };
}

function usesOf({ family, startsOn, served, uses }: Life, number: number): Usage[] {
  return uses.flatMap(({ after, quantity, hour }, index) => {
    const on = addDays(startsOn, served === null ? after : after % served);
    const [meter] = family.meters;
    if (meter === undefined || on < first || on >= '2026-11-20') return [];
    const startedAt = `${on}T${String(hour).padStart(2, '0')}:00:00`;
    return [{ id: `U-${number}-${index}`, product: `P-${number}`, meter, startedAt, quantity: String(quantity) }];
  });
}

export const documents: fc.Arbitrary<AccountDocument> = fc.array(lives, { minLength: 1, maxLength: 3 }).map((held) => ({
  customer: { id: 'C-1', type: 'individual' as const },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: held.map(productOf),
  usage: held.flatMap(usesOf),
  periods: { first: '2025-06', last: '2026-11' },
}));
