/** Random customers of the shipped mobile operator over eighteen months: plans that change, pause and end, with some usage. */
import fc from 'fast-check';
import type { AccountDocument, AccountFacts, Product, Usage } from '#schemas/generated/types.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import { addDays, addMonths } from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

export const release = prepareRelease(rulesetsOf('kanade-mobile'));
export const offerings = [
  'smartphone-s',
  'smartphone-m',
  'smartphone-l',
  'smartphone-m-two-year',
  'data-sim',
  'home-internet',
  'home-electricity',
];
const meters = ['voice.seconds', 'sms.messages', 'data.kilobytes', 'electricity.kwh'];

/** The first day of the span that the documents ask for. */
const first = '2025-06-01';
const day = (min: number, max: number) => fc.integer({ min, max }).map((n) => addDays(first, n));

const products = fc
  .array(
    fc.record({
      offering: fc.constantFrom(...offerings),
      startsOn: day(0, 500),
      served: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
      event: fc.constantFrom('new' as const, 'planChange' as const, 'simultaneous' as const),
      change: fc.option(
        fc.record({ after: fc.integer({ min: 1, max: 200 }), offering: fc.constantFrom(...offerings) }),
        { nil: null },
      ),
      pause: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
      tenureYears: fc.integer({ min: 0, max: 16 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((rows) =>
    rows.map((row, index): Product => ({
      id: `P-${index}`,
      account: 'A-1',
      offering: row.offering,
      event: row.event,
      appliedOn: addDays(row.startsOn, -3),
      startsOn: row.startsOn,
      endsOn: row.served === null ? null : addDays(row.startsOn, row.served),
      tenureFrom: addMonths(row.startsOn, -12 * row.tenureYears),
      history: [
        ...(row.change === null
          ? []
          : [{ from: addDays(row.startsOn, row.change.after), offering: row.change.offering }]),
        ...(row.pause === null ? [] : [{ from: addDays(row.startsOn, row.pause), status: 'suspended' as const }]),
      ],
    })),
  );

const usageOf = (held: readonly Product[], until: string): fc.Arbitrary<Usage[]> =>
  fc
    .array(
      fc.record({
        product: fc.constantFrom(...held),
        after: fc.nat(500),
        hour: fc.integer({ min: 0, max: 23 }),
        meter: fc.constantFrom(...meters),
        quantity: fc.integer({ min: 0, max: 50_000 }),
        destination: fc.constantFrom('domestic', 'international', 'navi-dial'),
      }),
      { maxLength: 12 },
    )
    .map((rows) =>
      rows.flatMap((row, index): Usage[] => {
        const on = addDays(row.product.startsOn, row.after);
        if (on >= until || (row.product.endsOn !== null && on >= row.product.endsOn)) return [];
        const startedAt = `${on}T${String(row.hour).padStart(2, '0')}:00:00`;
        const attributes = { destination: row.destination };
        return [
          {
            id: `U-${index}`,
            product: row.product.id,
            meter: row.meter,
            startedAt,
            quantity: String(row.quantity),
            attributes,
          },
        ];
      }),
    );

/** One in four moves to the other closing day, and may move back. */
const accounts = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 10 }))
  .map(([chance, at, back]): AccountFacts[] => {
    const there = monthsLater('2025-06', at);
    const again = { from: monthsLater(there, back), billingCycle: 'month-end' };
    const history = [{ from: there, billingCycle: 'twentieth' }, ...(back > 5 ? [] : [again])];
    return [{ id: 'A-1', billingCycle: 'month-end', ...(chance === 1 && { history }) }];
  });

export const documents: fc.Arbitrary<AccountDocument> = fc.tuple(products, accounts).chain(([held, ofThem]) =>
  usageOf(held, '2026-11-20').map((usage) => ({
    customer: { id: 'C-1', type: 'individual' as const },
    accounts: ofThem,
    products: held,
    usage,
    grants: [{ campaign: 'switch-and-save', product: 'P-0', grantedOn: first }],
    periods: { first: '2025-06', last: '2026-11' },
  })),
);
