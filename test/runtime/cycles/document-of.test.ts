/** The rows of a group become one account document, by rules that the cycle, the explanation of a line and the auditor share. */
import { describe, expect, it } from 'vitest';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { documentOf, type DocumentFrame } from '#runtime/cycles/document-of.ts';
import type { GroupRows, HistoryRow } from '#runtime/cycles/group-rows.ts';
import { isAccountDocument } from '#schemas/generated/validators.js';
import { rulesetsOf } from '../../rulesets/shipped.ts';

const frame: DocumentFrame = {
  legalEntity: 'main',
  billingCycle: 'month-end',
  closingDay: 31,
  month: '2026-11',
  firstMonth: '2026-09',
  release: prepareRelease(rulesetsOf('kanade-mobile')),
};

const stretch = (row: Partial<HistoryRow>): HistoryRow => ({
  product_id: 'P',
  valid_from: '2026-04-01',
  valid_to: null,
  offering: 'plan-m',
  rate_plan_version: 3,
  bound_by: 'order',
  quantity: '1',
  status: 'active',
  end_reason: null,
  document_received_on: null,
  event: null,
  applied_on: null,
  ...row,
});

function group(history: readonly HistoryRow[], more: Partial<GroupRows> = {}): GroupRows {
  return {
    groupId: 'G',
    accounts: [{ group_id: 'G', id: 'A', customer_id: 'C' }],
    customers: [{ id: 'C', type: 'individual', segment: null, birth_date: '1990-02-28' }],
    products: [
      {
        group_id: 'G',
        id: 'P',
        account_id: 'A',
        event: 'new',
        applied_on: '2026-03-20',
        tenure_from: history[0]?.valid_from ?? '2026-04-01',
        history,
      },
    ],
    grants: [],
    agreements: [],
    adjustments: [],
    previous: undefined,
    again: undefined,
    ...more,
  };
}

const previous = (month: string) => ({
  group_id: 'G',
  state: { billedThrough: { A: `${month}-01` } },
  month,
  known_at: '9',
  period_end: '2026-11-01',
});

describe('a product', () => {
  it('starts with its first row, ends with its last, and changes in between', () => {
    const rows = group([
      stretch({ valid_to: '2026-06-01' }),
      stretch({
        valid_from: '2026-06-01',
        valid_to: '2026-08-01',
        offering: 'plan-l',
        rate_plan_version: null,
        bound_by: 'order',
      }),
      stretch({
        valid_from: '2026-08-01',
        valid_to: '2026-09-01',
        offering: 'plan-l',
        rate_plan_version: null,
        status: 'suspended',
      }),
      stretch({
        valid_from: '2026-09-01',
        valid_to: '2026-11-21',
        offering: 'plan-l',
        rate_plan_version: null,
        quantity: '2',
        end_reason: 'moving',
        document_received_on: '2026-04-03',
      }),
    ]);
    const document = documentOf(rows, [], frame);
    expect(document?.products).toEqual([
      {
        id: 'P',
        account: 'A',
        offering: 'plan-m',
        ratePlanVersion: 3,
        event: 'new',
        appliedOn: '2026-03-20',
        startsOn: '2026-04-01',
        endsOn: '2026-11-21',
        endReason: 'moving',
        documentReceivedOn: '2026-04-03',
        history: [
          { from: '2026-06-01', offering: 'plan-l', ratePlanVersion: null },
          { from: '2026-08-01', status: 'suspended' },
          { from: '2026-09-01', quantity: '2', status: 'active' },
        ],
      },
    ]);
    expect(isAccountDocument(document)).toBe(true);
  });

  it('that starts suspended is so from its first day, and tenure may be older than service', () => {
    const rows = group([stretch({ status: 'suspended', quantity: '3' })]);
    const [product] = rows.products;
    const document = documentOf({ ...rows, products: [{ ...product!, tenure_from: '2020-01-01' }] }, [], frame);
    expect(document?.products).toMatchObject([
      { tenureFrom: '2020-01-01', quantity: '3', history: [{ from: '2026-04-01', status: 'suspended' }] },
    ]);
  });

  it.each<[string | null, string]>([
    ['2026-05-31', 'a gap'],
    ['2026-06-02', 'an overlap'],
    [null, 'an open row before another'],
  ])('whose first row ends on %s has %s and cannot be billed', (valid_to) => {
    const rows = group([stretch({ valid_to }), stretch({ valid_from: '2026-06-01' })]);
    expect(() => documentOf(rows, [], frame)).toThrow(/product-history-broken/);
  });
});

describe('the months', () => {
  it.each<[string, string | undefined, string, string]>([
    ['2026-04-01', undefined, '2026-09', 'nobody is billed for months before the first cycle there was'],
    ['2026-10-20', undefined, '2026-10', 'who came late to the books is billed from the first day of service'],
    ['2026-11-05', undefined, '2026-11', 'who is new is billed for this month'],
    ['2026-12-24', undefined, '2026-11', 'service that is yet to start'],
    ['2026-04-01', '2026-10', '2026-11', 'the month after the one last billed'],
    ['2026-04-01', '2026-09', '2026-10', 'a month in which the group was set aside is made up for'],
  ])('of a product from %s, last billed %s, start with %s: %s', (valid_from, last, first) => {
    const rows = group([stretch({ valid_from })], last === undefined ? {} : { previous: previous(last) });
    expect(documentOf(rows, [], frame)?.periods).toEqual({ first, last: '2026-11' });
  });

  it('are those of the closing day: 21 October belongs to November when the month closes on the 20th', () => {
    const rows = group([stretch({ valid_from: '2026-10-21' })]);
    expect(documentOf(rows, [], { ...frame, closingDay: 20 })?.periods.first).toBe('2026-11');
  });
});

describe('a group', () => {
  it('to which nothing was ever sold has no document', () => {
    expect(documentOf(group([]), [], frame)).toBeUndefined();
    expect(documentOf(group([], { products: [] }), [], frame)).toBeUndefined();
  });

  it('carries state, grants and usage', () => {
    const usage = {
      group_id: 'G',
      event_key: 'k',
      product_id: 'P',
      meter: 'data.kilobytes',
      started_at: '2026-11-02T10:00:00',
      quantity: '5',
      attributes: {},
      again: false,
    };
    const grant = { product_id: 'P', campaign: 'half-price', granted_on: '2026-03-20' };
    const document = documentOf(
      group([stretch({})], { previous: previous('2026-10'), grants: [grant] }),
      [usage, { ...usage, event_key: 'l', attributes: { band: 'day' } }],
      frame,
    );
    expect(document).toMatchObject({
      customer: { id: 'C', type: 'individual', birthDate: '1990-02-28' },
      accounts: [{ id: 'A', billingCycle: 'month-end', legalEntity: 'main' }],
      grants: [{ campaign: 'half-price', product: 'P', grantedOn: '2026-03-20' }],
      previousState: { billedThrough: { A: '2026-10-01' } },
      usage: [
        { id: 'k', product: 'P', meter: 'data.kilobytes', startedAt: '2026-11-02T10:00:00', quantity: '5' },
        { id: 'l', attributes: { band: 'day' } },
      ],
    });
    expect(isAccountDocument(document)).toBe(true);
  });

  it('leaves out usage of products that another cycle bills, and keeps usage that no service is known for', () => {
    const usage = {
      group_id: 'G',
      event_key: 'k',
      product_id: 'elsewhere',
      meter: 'm',
      started_at: '2026-11-02T10:00:00',
      quantity: '5',
      attributes: {},
      again: false,
    };
    expect(documentOf(group([stretch({})]), [usage], frame)?.usage).toBeUndefined();
    expect(documentOf(group([]), [{ ...usage, product_id: 'P' }], frame)).toMatchObject({
      products: [],
      usage: [{ id: 'k' }],
    });
  });

  it('without the customer who pays cannot be billed', () => {
    expect(() => documentOf(group([stretch({})], { customers: [] }), [], frame)).toThrow(/customer-missing/);
  });
});
