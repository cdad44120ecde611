/**
 * Is a bill the same whether its uses were counted while they were read or are given one by one?
 * Of the shipped cases: test/rulesets/as-compiled.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Usage } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { countedAhead } from '#engine/usage/count-ahead.ts';
import { documents, release } from '../billing/random-accounts.ts';

const runs = { numRuns: process.env['KANADE_LONG'] === '1' ? 5_000 : 200 };

/** A customer in one month, with usage in that month; of some a few uses are left where they were, in other months. */
const months: fc.Arbitrary<AccountDocument> = fc
  .tuple(documents, fc.constantFrom('2025-09', '2026-01', '2026-03', '2026-06', '2026-10'), fc.nat(9))
  .map(([document, month, stays]) => ({
    ...document,
    usage: (document.usage ?? []).map((use, index) => ({
      ...use,
      startedAt: stays === index ? use.startedAt : month + use.startedAt.slice(7).replace(/^-(29|30|31)/, '-28'),
      quantity: index % 4 === 3 ? `${use.quantity}.5` : use.quantity,
    })),
    periods: { first: month, last: month },
  }));

/** What becomes of a document: its bills with their trace, or the reason why there are none. */
function outcomeOf(work: () => unknown): string {
  try {
    return JSON.stringify(work());
  } catch (error) {
    return String(error);
  }
}

describe('usage counted while it is read', () => {
  it('gives the bills and the trace that its uses give one by one, whoever the customer is', () => {
    let ahead = 0;
    fc.assert(
      fc.property(months, (document) => {
        const before = outcomeOf(() => bill(document, release, { trace: true }));
        const after = outcomeOf(() => {
          const counted = countedAhead(document, release);
          if (counted === undefined) return bill(document, release, { trace: true });
          ahead += (document.usage ?? []).length;
          return bill(counted.document, release, { trace: true, counted: counted.counted });
        });
        expect(after).toBe(before);
      }),
      runs,
    );
    expect(ahead).toBeGreaterThan(30);
  });
});

const use = (more: Partial<Usage> = {}): Usage => ({
  id: 'U-1',
  product: 'P-1',
  meter: 'sms.messages',
  startedAt: '2026-11-03T08:00:00',
  quantity: '4',
  ...more,
});

const document = (more: Partial<AccountDocument> = {}): AccountDocument => ({
  customer: { id: 'C-1', type: 'individual' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [
    {
      ...{ id: 'P-1', account: 'A-1', offering: 'smartphone-m', event: 'new', appliedOn: '2025-01-01' },
      ...{ startsOn: '2025-01-01', endsOn: null },
    },
  ],
  usage: [use()],
  periods: { first: '2026-11', last: '2026-11' },
  ...more,
});

describe('usage is counted while it is read', () => {
  it('four messages at 3 yen are 12', () => {
    const { document: rest, counted } = countedAhead(document(), release)!;
    expect(rest).not.toHaveProperty('usage');
    const lines = bill(rest, release, { counted }).bills[0]!.lines;
    expect(lines.filter(({ charge }) => charge === 'sms')).toMatchObject([{ quantity: '4', amount: '12' }]);
  });

  it.each([
    ['of another month', document({ usage: [use({ startedAt: '2026-10-31T23:59:59' })] })],
    ['of a product nobody holds', document({ usage: [use({ product: 'P-9' })] })],
    ['of two months billed at once', document({ periods: { first: '2026-10', last: '2026-11' } })],
    ['beside closed months that are looked at again', document({ billed: [] })],
  ])('but not %s', (_, given) => {
    expect(countedAhead(given, release)).toBeUndefined();
  });

  it('but not where a later version of the plan takes over within the month', () => {
    const [product] = document().products;
    const history = [{ from: '2026-11-10', offering: 'smartphone-l' }];
    expect(countedAhead(document({ products: [{ ...product!, history }] }), release)).toBeUndefined();
  });
});
