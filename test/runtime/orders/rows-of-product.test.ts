/** What is read from the tables into a document is written back as it stood (契約履歴): an order changes what it says, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { documentOf } from '#runtime/cycles/document-of.ts';
import type { GroupRows } from '#runtime/cycles/group-rows.ts';
import { changedRows, rowsOf, type Stretch } from '#runtime/orders/rows-of-product.ts';
import { changedFrom } from '#runtime/simulation/changed-history.ts';
import type { Product } from '#schemas/generated/types.ts';

const frame = {
  legalEntity: 'main',
  billingCycle: 'month-end',
  closingDay: 31,
  month: '2026-11',
  firstMonth: '2026-04',
  release: prepareRelease([]),
};

function productOf(history: readonly Stretch[]): Product {
  const more = { product_id: 'P' };
  const rows: GroupRows = {
    groupId: 'G',
    accounts: [{ group_id: 'G', id: 'A', customer_id: 'C' }],
    customers: [{ id: 'C', type: 'individual', segment: null, birth_date: null }],
    products: [
      {
        ...{ group_id: 'G', id: 'P', account_id: 'A', event: 'new', applied_on: '2026-04-01' },
        tenure_from: history[0]!.valid_from,
        history: history.map((row) => ({ ...more, ...row })),
      },
    ],
    ...{ grants: [], agreements: [], adjustments: [], previous: undefined, again: undefined },
  };
  return documentOf(rows, [], frame)!.products[0]!;
}

/** Stretches that meet, each saying something else than the one before. */
const histories = fc
  .array(
    fc.record({
      days: fc.integer({ min: 1, max: 90 }),
      offering: fc.constantFrom('plan-m', 'plan-l'),
      rate_plan_version: fc.constantFrom(null, 1, 2),
      quantity: fc.constantFrom('1', '2.5'),
      status: fc.constantFrom('active' as const, 'suspended' as const),
      bound_by: fc.constantFrom('order' as const, 'grandfather' as const),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .chain((parts) => fc.constantFrom(null, '2026-04-03').map((received) => ({ parts, received })))
  .map(({ parts, received }) => {
    let from = '2026-04-01';
    const rows = parts.map(({ days, ...part }, index): Stretch => {
      const valid_from = from;
      from = addDays(from, days);
      const valid_to = index === parts.length - 1 ? null : from;
      return {
        valid_from,
        valid_to,
        ...part,
        end_reason: null,
        document_received_on: received,
        event: null,
        applied_on: null,
      };
    });
    return rows.map((row, index) => {
      const before = rows[index - 1];
      const isOrder = before !== undefined && row.offering !== before.offering;
      return isOrder ? { ...row, event: 'planChange' as const, applied_on: row.valid_from } : row;
    });
  })
  .filter((rows) =>
    rows.slice(1).every((row, index) => {
      // An order behind a stretch does not set it apart: two that otherwise say the same are one.
      const says = ({ valid_from: _, valid_to: __, event: ___, applied_on: ____, ...rest }: Stretch): string =>
        JSON.stringify(rest);
      return says(row) !== says(rows[index]!);
    }),
  );

describe('a product of an account document', () => {
  it('stands in the tables as it did', () => {
    fc.assert(fc.property(histories, (rows) => void expect(rowsOf(productOf(rows), rows)).toEqual(rows)));
  });

  it('changes from the day of a change on, and never before', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 0, max: 400 }), (rows, days) => {
        const from = addDays('2026-04-01', days);
        const changed = rowsOf(changedFrom(productOf(rows), { from, quantity: '7' }), rows);
        const { ended, added } = changedRows(rows, changed);
        expect(ended.every((row) => row.valid_to === null || row.valid_to > from)).toBe(true);
        expect(added.filter((row) => row.valid_from < from).every((row) => row.valid_to === from)).toBe(true);
        expect(changed.filter((row) => row.valid_from >= from).every((row) => row.quantity === '7')).toBe(true);
      }),
    );
  });

  it('that ends on the day it starts has no row', () => {
    const [row] = fc.sample(histories, { numRuns: 1, seed: 1 })[0]!;
    const product = productOf([{ ...row!, valid_to: null }]);
    expect(rowsOf({ ...product, endsOn: product.startsOn }, [])).toEqual([]);
  });
});
