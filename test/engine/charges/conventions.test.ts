/** Do the settings in which billing systems differ keep to whole-number arithmetic, whatever the prices and the days? */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CyclicCharge, Proration, Usage } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, billFor, monthly, offering, plan, product, releaseOf, usage } from '../billing/build.ts';

const runs = { numRuns: 100 };
const price = fc.integer({ min: 1, max: 100_000 });

it('the days of a month with changes belong to one plan each, whoever has the days of the changes', () => {
  const proration = (dayOfChange: 'new' | 'old'): Proration => ({
    ...{ start: 'byDay', end: 'byDay', change: 'byDay' },
    dayOfChange,
  });
  const plans = (['new', 'old'] as const).flatMap((whose) => [
    offering({}, whose),
    plan([monthly('3000', { proration: proration(whose) })], { id: whose }),
  ]);
  const changes = fc.array(fc.record({ on: fc.integer({ min: 1, max: 30 }), to: fc.constantFrom('new', 'old') }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(changes, (rows) => {
      const history = rows.map(({ on, to }) => ({ from: addDays('2026-03-31', on), offering: to }));
      const { lines } = billFor(account('2026-04', [product({ offering: 'new', history })]), plans);
      const periods = lines.map(({ servicePeriod }) => servicePeriod).toSorted((a, b) => (a.start < b.start ? -1 : 1));
      expect(periods[0]?.start).toBe('2026-04-01');
      expect(periods.at(-1)?.end).toBe('2026-05-01');
      periods.slice(1).forEach(({ start }, index) => expect(start).toBe(periods[index]!.end));
    }),
    runs,
  );
});

it('what is left of a month buys whole days of a year, and less than a day’s price comes back', () => {
  const fee = (amount: number, months: number): CyclicCharge => ({
    ...{ type: 'cyclic', id: 'fee', name: { ja: '会費', en: 'Fee' }, every: { count: months, unit: 'month' } },
    ...{ timing: 'advance', price: String(amount), onEnd: 'byDay', onChange: 'buyDays', taxCategory: 'standard' },
  });
  fc.assert(
    fc.property(price, price, fc.integer({ min: 2, max: 30 }), (month, year, day) => {
      const on = addDays('2026-03-31', day);
      const held = product({ offering: 'month', startsOn: '2026-04-01', history: [{ from: on, offering: 'year' }] });
      const rulesets = [
        ...[offering({}, 'month'), plan([fee(month, 1)], { id: 'month' })],
        ...[offering({}, 'year'), plan([fee(year, 12)], { id: 'year' })],
      ];
      const document = account('2026-04', [held], { periods: { first: '2026-04', last: '2026-04' } });
      const [one] = bill(document, releaseOf(rulesets)).bills;
      const line = one!.lines.find(({ why }) => why.code === 'line.cyclic.bought')!;
      // Of 30 days paid with `month`, 31 - day are left; a day of the year costs year/365.
      const left = month * (31 - day) * 365;
      const bought = Math.min(Math.floor(left / (30 * year)), 3650);
      expect(line.why.values['days']).toBe(String(bought));
      expect(line.amount).toBe(String(-Math.floor((left - bought * 30 * year) / (30 * 365)) || 0));
    }),
    runs,
  );
});

it('each payment costs its percentage, within its limits, in whatever order they come', () => {
  const payments = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
  const limits = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 200, max: 900 }));
  fc.assert(
    fc.property(payments, limits, (amounts, [minimum, maximum]) => {
      const charge = usage({
        unit: { size: '1', rounding: 'exact', per: 'event' },
        price: { model: 'percentage', percent: '3' },
        eachUse: { minimum: String(minimum), maximum: String(maximum), rounding: { mode: 'up', step: '1' } },
      });
      const uses = amounts.map((amount, index): Usage => ({
        ...{ id: `U-${String(index).padStart(2, '0')}`, product: 'P-1', meter: 'voice.seconds' },
        ...{ startedAt: `2026-04-10T10:00:${String(index).padStart(2, '0')}`, quantity: String(amount) },
      }));
      const owed = amounts.map((amount) =>
        amount === 0 ? 0 : Math.min(Math.max(Math.ceil((amount * 3) / 100), minimum), maximum),
      );
      const { net } = billFor(account('2026-04', [product()], { usage: uses.toReversed() }), [
        offering(),
        plan([charge]),
      ]);
      expect(net).toBe(String(owed.reduce((sum, each) => sum + each, 0)));
    }),
    runs,
  );
});
