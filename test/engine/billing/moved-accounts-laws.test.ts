/** Does any day go unbilled or get billed twice, whatever the closing days and whenever an account moves between them? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, AccountFacts, Bill, Charge } from '#schemas/generated/types.ts';
import { monthsLater, nextMonth, periodOfMonth, type ClosingRule } from '#engine/calendar/billing-cycle.ts';
import { addDays, daysBetween } from '#engine/calendar/civil-date.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, monthly, offering, product, usage } from './build.ts';
import { days, full, release, use, type Move } from './closing-days.ts';

/** A price of which every day of a month of 28 to 31 days is a whole number of yen. */
const DIVISIBLE = 28 * 29 * 30 * 31;

const rules: fc.Arbitrary<{ move: Omit<Move, 'from'>; rule: ClosingRule }> = fc.oneof(
  fc.constantFrom(...days).map((day) => ({ move: { billingCycle: `on-${day}` }, rule: day })),
  fc.constantFrom(...days).map((day) => ({ move: { billingCycle: 'own', closingDay: day }, rule: day })),
  fc.constantFrom(...days).map((day) => ({
    move: { billingCycle: 'own', anchor: `2024-01-${String(day).padStart(2, '0')}` },
    rule: { anniversary: day },
  })),
);

const FIRST = '2027-11';
const MONTHS = 8;
/** An account, the rule of each of its months from the one before the first, and the document that bills them all. */
const histories = fc
  .record({ first: rules, moves: fc.dictionary(fc.constantFrom(...days.slice(0, MONTHS - 1).map(String)), rules) })
  .map(({ first, moves }) => {
    const months = Array.from({ length: MONTHS + 1 }, (_, at) => monthsLater(FIRST, at - 1));
    let rule = first.rule;
    const ruleOf = new Map(months.map((month, at) => [month, (rule = moves[String(at)]?.rule ?? rule)]));
    const history = Object.entries(moves).map(([at, { move }]) => ({ from: months[Number(at)]!, ...move }));
    const accounts: AccountFacts[] = [{ id: 'A-1', ...first.move, ...(history.length > 0 && { history }) }];
    return { months: months.slice(1), ruleOf, accounts };
  });

describe('whatever the closing days, and whenever an account moves between them', () => {
  const charges = [monthly(String(DIVISIBLE), { proration: full })];
  const once = usage({
    unit: { size: '1', rounding: 'exact', per: 'period' },
    price: { model: 'perUnit', unitPrice: '1' },
  });

  it('every day is billed once, at the price of a day of the period that it lies in by the closing day of its month', () => {
    const worked = release([...charges, once]);
    fc.assert(
      fc.property(histories, ({ accounts, months, ruleOf }) => {
        const span = { first: months[0]!, last: months.at(-1)! };
        const start = periodOfMonth(span.first, ruleOf.get(monthsLater(span.first, -1))!).start;
        const usageADay = Array.from({ length: 300 }, (_, at) => use(`${addDays(start, at)}T12:00:00`, '1'));
        const { bills } = bill(account('', [product()], { accounts, periods: span, usage: usageADay }), worked);
        let day = start;
        for (const [at, { period, lines }] of bills.entries()) {
          expect(period.start).toBe(day);
          expect(daysBetween(period.start, period.end)).toBeGreaterThan(0);
          const rule = ruleOf.get(months[at]!)!;
          let owed = 0;
          for (; day < period.end; day = addDays(day, 1)) {
            const home = [monthsLater(months[at]!, -1), months[at]!, nextMonth(months[at]!)]
              .map((month) => periodOfMonth(month, rule))
              .find((each) => each.start <= day && day < each.end)!;
            owed += DIVISIBLE / daysBetween(home.start, home.end);
          }
          const sum = (charge: string) =>
            lines.filter((line) => line.charge === charge).reduce((all, { amount }) => all + Number(amount), 0);
          expect([sum('base'), sum('call')]).toEqual([owed, daysBetween(period.start, period.end)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('billing month by month with state is billing the span at once', () => {
    const phone: Charge = {
      ...{ type: 'instalment', id: 'phone', name: offering().name, total: '1003', parts: 5, residue: 'last' },
      ...{ onEnd: 'continue', taxCategory: 'standard' },
    };
    const allowances = [
      {
        ...{ id: 'free', name: offering().name, meter: 'voice.seconds', amount: '40', partMonth: 'byDay' as const },
        ...{ granted: 'monthly' as const, sharedBy: 'product' as const, rollover: { months: 2 } },
      },
    ];
    const worked = release([...charges, { ...once, bounds: { minimum: '9', prorated: true } }, phone], { allowances });
    fc.assert(
      fc.property(histories, fc.nat(60), fc.nat(120), ({ accounts, months, ruleOf }, began, every) => {
        const start = periodOfMonth(months[0]!, ruleOf.get(monthsLater(months[0]!, -1))!).start;
        const held = product({ startsOn: addDays(start, began) });
        const uses = Array.from({ length: 60 }, (_, at) =>
          use(`${addDays(start, 61 + at * (1 + (every % 3)))}T12:00:00`, '7'),
        );
        const last = months.at(-1)!;
        const whole = bill(
          account('', [held], { accounts, periods: { first: months[0]!, last }, usage: uses }),
          worked,
        );
        let state = undefined;
        const bills: Bill[] = [];
        for (const month of months) {
          // What changes later is not known yet.
          const known = accounts.map(({ history, ...one }) => {
            const moves = history?.filter((move) => move.from <= month) ?? [];
            return { ...one, ...(moves.length > 0 && { history: moves }) };
          });
          const document: AccountDocument = account(month, [held], {
            accounts: known,
            ...(state && { previousState: state }),
          });
          const from = Object.values(state?.billedThrough ?? {})[0] ?? start;
          const result = bill({ ...document, usage: uses.filter(({ startedAt }) => startedAt >= from) }, worked);
          bills.push(...result.bills);
          state = result.nextState;
        }
        expect(bills).toEqual(whole.bills);
        expect(state).toEqual(whole.nextState);
      }),
      { numRuns: 60 },
    );
  });
});
