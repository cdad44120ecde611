/** Is a bill for leaving stopped that law does not allow, with the discounts that the customer has? */
import { describe, expect, it } from 'vitest';
import type { CampaignRuleset, ComplianceRule, PenaltyBody, Ruleset } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { account, cycle, monthly, offering, plan, product, tax, yenDown } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const envelope = { version: 1, name: named, effective: { from: '2000-01-01', to: null }, reason: 'For a test.' };
const provision = {
  law: { ja: '法', en: 'The law' },
  source: 'Gazette',
  from: '2022-07-01',
  to: null,
  severity: 'error',
} as const;
const exitCharge: ComplianceRule = { rule: 'exitCharge', ...provision };

interface Leaving {
  readonly rule?: ComplianceRule;
  readonly fee?: PenaltyBody['fee'];
  readonly appliedOn?: string;
  readonly endReason?: string;
  readonly customer?: 'individual' | 'corporate';
  readonly more?: readonly Ruleset[];
  readonly furtherTerms?: string[];
}

/** 3,000 a month, left within a term of two years. */
function leave({
  rule = exitCharge,
  fee,
  appliedOn = '2022-07-01',
  endReason,
  customer,
  more = [],
  furtherTerms,
}: Leaving) {
  const rulesets: Ruleset[] = [
    cycle(),
    tax(),
    yenDown,
    plan([monthly('3000')]),
    offering({ term: 'term', ...(furtherTerms && { furtherTerms }) }),
    { ...envelope, kind: 'term', id: 'term', body: { months: 24, renewal: 'none', graceMonths: 0, penalty: 'fee' } },
    {
      ...envelope,
      kind: 'penalty',
      id: 'fee',
      body: { fee: fee ?? { model: 'fixed', amount: '3001' }, taxCategory: 'outOfScope' },
    },
    { ...envelope, kind: 'complianceProfile', id: 'telecom', body: { customers: 'consumers', rules: [rule] } },
    ...more,
  ];
  const held = product({ appliedOn, startsOn: appliedOn, endsOn: '2023-02-15', ...(endReason && { endReason }) });
  const given = account('2023-02', [held]);
  if (customer !== undefined) given.customer = { ...given.customer, type: customer };
  return bill(given, prepareRelease(rulesets), { trace: true });
}

/** What the bill was stopped for; throws when it was not. */
function stopped(leaving: Leaving): Readonly<Record<string, string>> {
  try {
    leave(leaving);
  } catch (problem) {
    if (!(problem instanceof BillingProblem)) throw problem;
    expect(problem.diagnostic.code).toBe('exit-beyond-the-law');
    return problem.diagnostic.values;
  }
  throw new Error('the bill was not stopped');
}

const penalty = (leaving: Leaving): string | undefined =>
  leave(leaving).bills[0]?.lines.find(({ charge }) => charge === 'fee')?.amount;

const forEver: CampaignRuleset = {
  ...envelope,
  kind: 'campaign',
  id: 'for-ever',
  body: {
    triggers: ['new'],
    window: { from: '2000-01-01', to: null },
    duration: { months: null, countedFrom: 'start' },
    discounts: [{ id: 'off', name: named, effect: { op: 'amountOff', amount: '500' }, target: { charges: ['base'] } }],
  },
};

describe('of a consumer who leaves', () => {
  it('one month’s charge may be asked, and no yen more', () => {
    expect(penalty({ fee: { model: 'fixed', amount: '3000' } })).toBe('3000');
    expect(stopped({})).toMatchObject({ amount: '3001', limit: '3000', lawEn: 'The law', since: '2022-07-01' });
  });

  it('the month counts less the discounts that never end, and not less those that do', () => {
    expect(stopped({ fee: { model: 'fixed', amount: '2501' }, more: [forEver] })).toMatchObject({ limit: '2500' });
    expect(penalty({ fee: { model: 'fixed', amount: '2500' }, more: [forEver] })).toBe('2500');
    const forAYear = { ...forEver, body: { ...forEver.body, duration: { months: 12, countedFrom: 'start' } } } as const;
    expect(penalty({ fee: { model: 'fixed', amount: '3000' }, more: [forAYear] })).toBe('3000');
  });

  it('what several terms ask is added up', () => {
    const second: Ruleset = {
      ...envelope,
      kind: 'term',
      id: 'second',
      body: { months: 36, renewal: 'none', graceMonths: 0, penalty: 'fee' },
    };
    const half = { fee: { model: 'fixed', amount: '1501' }, more: [second], furtherTerms: ['second'] } as const;
    expect(stopped({ ...half, furtherTerms: ['second'] })).toMatchObject({ amount: '3002' });
  });

  it('what is left of the construction is asked beside it', () => {
    expect(penalty({ fee: { model: 'remainder', total: '24000', parts: 24 } })).toBe('17000');
  });

  it('a contract made before the law is left alone', () => {
    expect(penalty({ appliedOn: '2022-06-30' })).toBe('3001');
  });

  it('the contract of a firm is left alone', () => {
    expect(penalty({ customer: 'corporate' })).toBe('3001');
  });

  it('a limit that only warns lets the bill through and leaves its word in the trace', () => {
    const warned = leave({ rule: { ...exitCharge, severity: 'warning' } });
    expect(warned.bills[0]?.lines.some(({ amount }) => amount === '3001')).toBe(true);
    expect(JSON.stringify(warned.trace)).toContain('trace.law.exit');
  });

  it('a regulated mobile line costs 1,000 to leave', () => {
    const rule: ComplianceRule = { rule: 'penalty', amount: '1000', ...provision };
    expect(penalty({ rule, fee: { model: 'fixed', amount: '1000' } })).toBe('1000');
    expect(stopped({ rule, fee: { model: 'fixed', amount: '1001' } })).toMatchObject({ limit: '1000' });
  });

  it('who withdraws owes no penalty', () => {
    const rule: ComplianceRule = { rule: 'withdrawal', reason: 'withdrawn', limits: [], ...provision };
    const fee = { model: 'fixed', amount: '1' } as const;
    expect(penalty({ rule, fee, endReason: 'moved' })).toBe('1');
    expect(stopped({ rule, fee, endReason: 'withdrawn' })).toMatchObject({ amount: '1', limit: '0' });
  });
});
