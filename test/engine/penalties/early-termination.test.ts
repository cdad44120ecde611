/** What does leaving a two-year contract cost? */
import { describe, expect, it } from 'vitest';
import type { PenaltyBody, TermBody } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { earlyTerminationPenalty } from '#engine/penalties/early-termination.ts';
import { monthsStarted, termStatus } from '#engine/penalties/term-status.ts';
import { exact, toText } from '#engine/money/exact.ts';

const twoYears: TermBody = { months: 24, renewal: 'sameTerm', graceMonths: 2 };
const perMonth: PenaltyBody = {
  fee: { model: 'perRemainingMonth', amount: '950' },
  cap: '9500',
  taxCategory: 'outOfScope',
};

function owed(startedOn: string, endsOn: string, rule = perMonth, term = twoYears): string {
  const status = termStatus(term, startedOn, endsOn);
  if (status.in !== 'term') return '0';
  return toText(earlyTerminationPenalty(rule, { ...status, endsOn, oneMonthsCharge: () => exact('2700') }).amount);
}

describe('leaving a two-year contract', () => {
  it.each([
    // started on    ends on       owes    because
    ['2024-04-01', '2025-10-31', '5700', 'a part of a month counts as a whole one'],
    ['2024-04-01', '2025-11-01', '4750', 'five whole months remain'],
    ['2024-04-01', '2026-03-31', '950', 'one day short is one month'],
    ['2024-04-01', '2026-04-01', '0', 'the first grace day is free'],
    ['2024-04-01', '2026-06-01', '0', 'with 31 May, the last grace day, as the last day of service it is free'],
    ['2024-04-01', '2026-06-02', '9500', 'renewed for another whole term; the cap holds'],
    ['2024-04-01', '2028-06-01', '0', 'the renewed term is over'],
    ['2024-04-01', '2024-04-02', '9500', 'on the first day 24 months remain; the cap holds'],
    ['2024-02-29', '2026-02-28', '950', 'by the Civil Code a term from 29 February ends with 28 February'],
    ['2024-02-29', '2026-03-01', '0', 'and so is over on 1 March'],
  ])('from %s to %s owes %s: %s', (startedOn, endsOn, amount) => {
    expect(owed(startedOn, endsOn)).toBe(amount);
  });

  it('is free at the very end of a term that renews without grace months', () => {
    const noGrace: TermBody = { ...twoYears, graceMonths: 0 };
    expect(owed('2024-04-01', '2026-04-01', perMonth, noGrace)).toBe('0');
    expect(owed('2024-04-01', '2026-04-02', perMonth, noGrace)).toBe('9500');
  });

  it('is free for ever after a term that does not renew', () => {
    expect(owed('2024-04-01', '2030-01-01', perMonth, { ...twoYears, renewal: 'none' })).toBe('0');
  });

  it.each<[string, PenaltyBody['fee'], string | undefined, string]>([
    ['a fixed fee', { model: 'fixed', amount: '9500' }, undefined, '9500'],
    ["one month's charge", { model: 'oneMonthsCharge', charges: ['base'] }, undefined, '2700'],
    ['the regulated fee is 1,000 at most', { model: 'oneMonthsCharge', charges: ['base'] }, '1000', '1000'],
    [
      'the discount is repaid, month 10 counted whole',
      { model: 'repayDiscount', monthlyDiscount: '1500' },
      undefined,
      '15000',
    ],
  ])('AX-01a: %s', (_it, fee, cap, amount) => {
    const rule: PenaltyBody = { fee, taxCategory: 'outOfScope', ...(cap === undefined ? {} : { cap }) };
    expect(owed('2024-04-01', '2025-01-15', rule)).toBe(amount);
  });

  it.each([
    ['byDay', '2026-04-14'],
    ['startMonth', '2026-03-31'],
    ['nextMonth', '2026-04-30'],
  ] as const)('a term of 24 months from 2024-04-15 counted %s ends with %s', (counted, lastDay) => {
    const status = termStatus({ ...twoYears, counted }, '2024-04-15', '2025-01-01');
    expect(status.in === 'term' && addDays(status.termEnd, -1)).toBe(lastDay);
  });

  it.each([
    ['24000', '15000'],
    ['26400', '16500'],
  ])('AX-14: of a construction fee of %s in 24 parts, %s remain when left in month 10', (total, amount) => {
    const rule: PenaltyBody = { fee: { model: 'remainder', total, parts: 24 }, taxCategory: 'standard' };
    expect(owed('2024-04-01', '2025-01-15', rule)).toBe(amount);
  });

  it.each([
    ['2025-03-31', '9500', '11 months complete'],
    ['2025-04-01', '5000', '12 months complete'],
  ])('a table by complete months: left on %s owes %s (%s)', (endsOn, amount) => {
    const rows = [
      { beforeMonth: 12, amount: '9500' },
      { beforeMonth: null, amount: '5000' },
    ];
    expect(owed('2024-04-01', endsOn, { fee: { model: 'table', rows }, taxCategory: 'standard' })).toBe(amount);
  });

  it.each([
    ['2024-04-01', '2025-01-15', 10],
    ['2024-04-01', '2025-01-01', 9],
    ['2024-01-31', '2024-02-29', 1],
    ['2024-01-31', '2024-03-01', 2],
    ['2024-04-01', '2024-04-01', 0],
  ])('from %s to %s, %i months have started', (start, end, months) => {
    expect(monthsStarted(start, end)).toBe(months);
  });
});
