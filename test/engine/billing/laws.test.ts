/** Which laws hold for every bill, whoever it is for? Random customers of the shipped mobile operator. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, BillLine, Ruleset } from '#schemas/generated/types.ts';
import { isBillingResult } from '#schemas/generated/validators.js';
import { bill } from '#engine/billing/bill.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import { contains } from '#engine/calendar/period.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';
import { documents, release } from './random-accounts.ts';
import * as conventions from './random-conventions.ts';
import * as fitness from './random-members.ts';

const runs = { numRuns: process.env['KANADE_LONG'] === '1' ? 5_000 : 250 };

const yen = (text: string): bigint => BigInt(text);
const sum = (amounts: readonly string[]): bigint => amounts.reduce((all, amount) => all + yen(amount), 0n);
const linesOf = (bills: readonly Bill[]): BillLine[] => bills.flatMap((one) => one.lines);

/** Everything that is paid, whatever the field is called; what is only counted stays. */
const paid = [
  'price',
  'unitPrice',
  'fee',
  'flat',
  'connectFee',
  'flatFee',
  'amount',
  'percent',
  'minimum',
  'fixed',
  'total',
  'floor',
  'ceiling',
];

function withoutPrice(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return paid.includes(name) ? '0' : value;
  if (Array.isArray(value)) return value.map((each) => withoutPrice(each, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutPrice(each, key)]));
}

describe('every bill', () => {
  it.each([
    ['the mobile operator', { documents, release }],
    ['the fitness club', fitness],
    ['the conventions', conventions],
  ] as const)(
    'of %s adds up: lines to net, net and tax to the total, shares of tax to the tax',
    (_whose, { documents, release }) => {
      fc.assert(
        fc.property(documents, (document) => {
          for (const one of bill(document, release).bills) {
            expect(sum(one.lines.map((line) => line.amount))).toBe(yen(one.net));
            expect(sum(one.lines.map((line) => line.tax))).toBe(yen(one.taxTotal));
            expect(yen(one.net) + yen(one.taxTotal)).toBe(yen(one.total));
          }
        }),
        runs,
      );
    },
  );

  it.each([
    ['the mobile operator', { documents, release }],
    ['the fitness club', fitness],
    ['the conventions', conventions],
  ] as const)('of %s takes no more off a line than the line asks', (_whose, { documents, release }) => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const one of bill(document, release).bills) {
          // What is paid back asks for nothing.
          for (const line of one.lines.filter(({ target, amount }) => target === null && yen(amount) >= 0n)) {
            const changes = one.lines.filter((candidate) => candidate.target === line.id);
            expect(yen(line.amount) + sum(changes.map((change) => change.amount))).toBeGreaterThanOrEqual(0n);
          }
        }
      }),
      runs,
    );
  });

  it.each([
    ['the mobile operator', 'kanade-mobile', documents],
    ['the fitness club', 'kanade-fitness', fitness.documents],
    ['the conventions', 'conventions', conventions.documents],
  ] as const)('of %s is nothing where every price is nothing', (_whose, operator, documents) => {
    const free = prepareRelease(rulesetsOf(operator).map((ruleset) => withoutPrice(ruleset) as Ruleset));
    fc.assert(
      fc.property(documents, (document) => {
        for (const { lines, total } of bill(document, free).bills) {
          expect(lines.map(({ amount }) => amount).filter((amount) => yen(amount) !== 0n)).toEqual([]);
          expect(total).toBe('0');
        }
      }),
      { numRuns: Math.ceil(runs.numRuns / 5) },
    );
  });

  it('keeps to its schema', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const result = bill(document, release, { trace: true });
        expect(isBillingResult(result) ? null : isBillingResult.errors).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['the mobile operator', { documents, release }],
    ['the fitness club', fitness],
    ['the conventions', conventions],
  ] as const)(
    'of %s does not depend on the order of usage, products, grants, accounts or rulesets',
    (_whose, { documents, release }) => {
      const inAnyOrder = <T>(rows: readonly T[] = []) => fc.shuffledSubarray([...rows], { minLength: rows.length });
      const turned = documents.chain((document) =>
        fc.tuple(
          fc.constant(document),
          fc.record({
            ...{ usage: inAnyOrder(document.usage), products: inAnyOrder(document.products) },
            ...{ grants: inAnyOrder(document.grants), accounts: inAnyOrder(document.accounts) },
          }),
          inAnyOrder(release.rulesets),
        ),
      );
      fc.assert(
        fc.property(turned, ([document, rows, rulesets]) => {
          expect(bill({ ...document, ...rows }, prepareRelease(rulesets))).toEqual(bill(document, release));
        }),
        { numRuns: Math.ceil(runs.numRuns / 5) },
      );
    },
  );

  it('is the same with and without its trace', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(bill(document, release, { trace: true }).bills).toEqual(bill(document, release).bills);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['the mobile operator', { documents, release }],
    ['the fitness club', fitness],
    ['the conventions', conventions],
  ] as const)(
    'of %s is the same billed month by month with state as billed in one span',
    (_whose, { documents, release }) => {
      fc.assert(
        fc.property(documents, (document) => {
          const whole = bill(document, release);
          const bills: Bill[] = [];
          let previousState: AccountDocument['previousState'];
          for (let month = '2025-06'; month <= '2026-11'; month = monthsLater(month, 1)) {
            // Each month is given the usage of that month only, as a cycle gives it.
            const period = whole.bills[bills.length]!.period;
            const usage = (document.usage ?? []).filter((use) => contains(period, use.startedAt.slice(0, 10)));
            const one = bill(
              { ...document, usage, periods: { first: month, last: month }, ...(previousState && { previousState }) },
              release,
            );
            bills.push(...one.bills);
            previousState = one.nextState;
          }
          expect(bills).toEqual(whole.bills);
          expect(previousState).toEqual(whole.nextState);
        }),
        runs,
      );
    },
  );

  it('names for every line a place that exists in the ruleset it names', () => {
    const known = new Map(rulesetsOf('kanade-mobile').map((one) => [`${one.kind}/${one.id}@${one.version}`, one]));
    fc.assert(
      fc.property(documents, (document) => {
        for (const line of linesOf(bill(document, release).bills)) {
          let place: unknown = known.get(`${line.ruleset}@${line.version}`);
          for (const step of line.row.split('/').slice(1))
            place = (place as Record<string, unknown> | undefined)?.[step];
          expect(place, `${line.ruleset}@${line.version}${line.row}`).toBeDefined();
        }
      }),
      runs,
    );
  });
});
