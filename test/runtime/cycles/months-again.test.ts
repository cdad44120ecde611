/** Which closed months does the document hold, to be looked at again, and with which bills? */
import { describe, expect, it } from 'vitest';
import type { BilledAgain, ClosedMonth } from '#runtime/cycles/billed-again.ts';
import { monthsAgain } from '#runtime/cycles/months-again.ts';
import type { Bill } from '#schemas/generated/types.ts';

const closed = (month: string): ClosedMonth => ({
  cycle_id: month,
  billing_cycle: 'month-end',
  month,
  period_start: `${month}-01`,
  period_end: `${month}-31`,
  state: { billedThrough: { A: `${month}-31` } },
});
const bill = (month: string, account = 'A'): Bill => ({
  account,
  period: { start: `${month}-01`, end: '2026-12-01' },
  kind: 'regular',
  currency: 'JPY',
  dueOn: '2026-12-27',
  lines: [],
  tax: [],
  net: '0',
  taxTotal: '0',
  total: '0',
});
const here = { account_id: 'A', from: '2026-01-01', to: null, billingCycle: 'month-end' };
const frame = { closing: 31, firstMonth: '2026-07' };

const again = (more: Partial<BilledAgain>): BilledAgain => ({
  changedFrom: '2026-09-10',
  before: closed('2026-08'),
  closed: [closed('2026-09'), closed('2026-10')],
  bills: [bill('2026-09'), bill('2026-10')],
  settings: [here],
  usageFrom: '2026-09-01',
  ...more,
});
const shown = (more: Partial<BilledAgain>, accounts = ['A']): [string, number, boolean][] =>
  monthsAgain(again(more), accounts, frame).map(({ month, bills, stateBefore }) => [
    month,
    bills.length,
    stateBefore !== null,
  ]);

describe('the months that are looked at again', () => {
  it('begin with the month of the change, with the state before it, and go on to the last that is closed', () => {
    expect(shown({})).toEqual([
      ['2026-09', 1, true],
      ['2026-10', 1, false],
    ]);
  });

  it('hold a bill of nothing for an account that was billed nothing, and was billed here', () => {
    expect(shown({ bills: [bill('2026-09')] })).toEqual([
      ['2026-09', 1, true],
      ['2026-10', 1, false],
    ]);
    const [, october] = monthsAgain(again({ bills: [bill('2026-09')] }), ['A'], frame);
    expect(october?.bills[0]).toMatchObject({
      account: 'A',
      lines: [],
      total: '0',
      period: { start: '2026-10-01', end: '2026-11-01' },
    });
  });

  it('leave an account alone that was billed elsewhere then', () => {
    const elsewhere = [
      here,
      { account_id: 'B', from: '2026-01-01', to: '2026-10-01', billingCycle: 'twentieth' },
      { account_id: 'B', from: '2026-10-01', to: null, billingCycle: 'month-end' },
    ];
    expect(shown({ settings: elsewhere }, ['A', 'B'])).toEqual([
      ['2026-09', 1, true],
      ['2026-10', 2, false],
    ]);
  });

  it('begin before the first bill there was, where service turns out to have begun before it', () => {
    const first = { before: undefined, closed: [closed('2026-10')], bills: [bill('2026-10')] };
    expect(shown({ ...first, changedFrom: '2026-08-20' }).map(([month]) => month)).toEqual([
      '2026-08',
      '2026-09',
      '2026-10',
    ]);
    // Nothing was billed for anybody before July.
    expect(shown({ ...first, changedFrom: '2026-03-01' }).map(([month]) => month)).toEqual([
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-10',
    ]);
  });
});
