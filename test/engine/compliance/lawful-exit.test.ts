/** Is a bill for leaving stopped that law does not allow, with the discounts that the customer has? */
import { describe, expect, it } from 'vitest';
import type { CampaignRuleset, ComplianceRule, PenaltyBody, Ruleset } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
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
  readonly received?: string;
  readonly endsOn?: string;
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
  received,
  endsOn = '2023-02-15',
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
  const left = { endsOn, ...(endReason && { endReason }), ...(received && { documentReceivedOn: received }) };
  const given = account(addDays(endsOn, -1).slice(0, 7), [product({ appliedOn, startsOn: appliedOn, ...left })]);
  if (customer !== undefined) given.customer = { ...given.customer, type: customer };
  return bill(given, prepareRelease(rulesets), { trace: true });
}

/** What the bill was stopped for; throws when it was not. */
function stopped(leaving: Leaving, code = 'exit-beyond-the-law'): Readonly<Record<string, string>> {
  try {
    leave(leaving);
  } catch (problem) {
    if (!(problem instanceof BillingProblem)) throw problem;
    expect(problem.diagnostic.code).toBe(code);
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

  it('who withdraws owes no penalty; where receipt is not on record the reason decides, and that is said', () => {
    const rule: ComplianceRule = { rule: 'withdrawal', reason: 'withdrawn', days: 8, limits: [], ...provision };
    const fee = { model: 'fixed', amount: '1' } as const;
    expect(penalty({ rule, fee, endReason: 'moved' })).toBe('1');
    const values = { amount: '1', limit: '0', received: 'none', lastDay: 'none' };
    expect(stopped({ rule, fee, endReason: 'withdrawn' }, 'withdrawal-beyond-the-law')).toMatchObject(values);
  });
});

describe('of a consumer who withdraws within eight days of receiving the document', () => {
  const rule: ComplianceRule = { rule: 'withdrawal', reason: 'withdrawn', days: 8, limits: [], ...provision };
  const leaving = { rule, fee: { model: 'fixed', amount: '1' }, endReason: 'withdrawn' } as const;

  it.each([
    // started on    received on   last day       because
    ['2026-04-01', '2026-04-01', '2026-04-08', 'the day of receipt is day 1'],
    ['2028-02-20', '2028-02-24', '2028-03-02', 'a leap year has a 29th'],
    ['2026-04-01', '2026-04-20', '2026-04-27', 'the document may come after the start'],
  ])('started on %s with the document of %s: nothing is asked until %s, for %s', (appliedOn, received, lastDay) => {
    const nextDay = addDays(lastDay, 1);
    const said = stopped({ ...leaving, appliedOn, received, endsOn: nextDay }, 'withdrawal-beyond-the-law');
    expect(said).toMatchObject({ received, lastDay });
    // On day 9 it is a leaving like any other, and the trace says why.
    const late = { ...leaving, appliedOn, received, endsOn: addDays(nextDay, 1) };
    expect(penalty(late)).toBe('1');
    expect(JSON.stringify(leave(late).trace)).toContain('trace.law.withdrawalLate');
  });

  it('before the document has come nothing is asked either', () => {
    const early = { appliedOn: '2026-04-01', received: '2026-04-20', endsOn: '2026-04-11' };
    expect(stopped({ ...leaving, ...early }, 'withdrawal-beyond-the-law')).toMatchObject({ lastDay: '2026-04-27' });
  });

  it('a profile that names no days asks for the reason alone', () => {
    const { days: _, ...ever } = rule;
    const late = { received: '2022-07-01', endsOn: '2022-12-01' };
    expect(stopped({ ...leaving, ...late, rule: ever }, 'withdrawal-beyond-the-law')).toMatchObject({
      received: 'none',
    });
  });
});
