/** A group's usage is counted while it is read where that is possible, and its bills are those of its whole document all the same. */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { computeGroup } from '#runtime/cycles/compute-group.ts';
import { documentOf, type DocumentFrame } from '#runtime/cycles/document-of.ts';
import type { GroupRows, UsageRow } from '#runtime/cycles/group-rows.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

const release = prepareRelease(rulesetsOf('kanade-mobile'));
const frame: DocumentFrame = {
  legalEntity: 'main',
  billingCycle: 'month-end',
  closingDay: 31,
  month: '2026-11',
  firstMonth: '2026-11',
  release,
};

const rows = (offering: string): GroupRows => ({
  groupId: 'G',
  accounts: [{ group_id: 'G', id: 'A', customer_id: 'C' }],
  customers: [{ id: 'C', type: 'individual', segment: null, birth_date: '1990-02-28' }],
  products: [
    {
      ...{ group_id: 'G', id: 'P', account_id: 'A', event: 'new', applied_on: '2025-03-20', tenure_from: '2025-04-01' },
      history: [
        {
          ...{ product_id: 'P', valid_from: '2025-04-01', valid_to: null, offering, rate_plan_version: null },
          ...{ bound_by: 'order', quantity: '1', status: 'active', end_reason: null, document_received_on: null },
          ...{ event: null, applied_on: null },
        },
      ],
    },
  ],
  ...{ grants: [], agreements: [], adjustments: [], previous: undefined, again: undefined },
});

const use = (key: string, startedAt: string, more: Partial<UsageRow> = {}): UsageRow => ({
  ...{ group_id: 'G', event_key: key, product_id: 'P', meter: 'voice.seconds', started_at: startedAt },
  ...{ quantity: '720', attributes: { destination: 'mobile' }, again: false, ...more },
});

const month = [
  use('1', '2026-11-01T09:00:00'),
  use('2', '2026-11-30T23:59:59', { attributes: { destination: 'international' } }),
  use('3', '2026-11-30T23:59:59', { meter: 'sms.messages', quantity: '2', attributes: {} }),
  use('4', '2026-11-04T00:00:00', { product_id: 'of-another-account' }),
];

const halfMessage = use('5', '2026-11-05T00:00:00', { meter: 'sms.messages', quantity: '2.5', attributes: {} });

describe('a group comes to what its whole document comes to', () => {
  it.each([
    ['with usage of the month', 'smartphone-m', month],
    ['with usage that came late', 'smartphone-m', [use('0', '2026-10-31T23:59:59'), ...month]],
    ['with an allowance', 'smartphone-rollover', month],
    ['without usage', 'smartphone-m', []],
  ])('%s', (_, offering, usage) => {
    const expected = bill(documentOf(rows(offering), usage, frame)!, release);
    const result = computeGroup(rows(offering), usage, frame, release);
    expect(result).toMatchObject({
      bills: expected.bills.map((made) => ({ bill: made })),
      state: expected.nextState,
      usageRecords: usage.filter(({ product_id }) => product_id === 'P').length,
    });
  });

  // the usage                        groups ahead, whole     counts in numbers, in fractions
  it.each([
    ['of the month', 'smartphone-m', month, [1, 0], [3, 0]],
    // 2.5 messages are a fraction: a part of the month's counts, not all of them.
    ['with half a message', 'smartphone-m', [...month, halfMessage], [1, 0], [3, 1]],
    ['that came late, too', 'smartphone-m', [use('0', '2026-10-31T23:59:59'), ...month], [0, 1], [4, 0]],
    ['none', 'smartphone-m', [], [0, 0], [0, 0]],
  ])('and says how it was counted: %s', (_, offering, usage, [ahead, whole], [inNumbers, inFractions]) => {
    expect(computeGroup(rows(offering), usage, frame, release)).toMatchObject({
      counting: { ahead, whole, inNumbers, inFractions },
    });
  });

  it('and is set aside with all of its usage where it cannot be billed', () => {
    const { quarantined } = computeGroup(rows('nobody-sells-this'), month, frame, release);
    expect(quarantined).toMatchObject({ code: 'offering-not-in-force' });
    expect(JSON.parse(quarantined!.input)).toMatchObject({ usage: [{ id: '1' }, { id: '2' }, { id: '3' }] });
  });
});
