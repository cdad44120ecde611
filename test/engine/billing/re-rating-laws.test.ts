/** What does a closed month owe when it is rated again: nothing while nothing has changed, else the difference of two ratings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, BillingResult, Product } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import type { Release } from '#engine/rulesets/release.ts';
import * as mobile from './random-accounts.ts';
import * as fitness from './random-members.ts';

const runs = { numRuns: process.env['KANADE_LONG'] === '1' ? 5_000 : 150 };

/** The month that is closed, and the one in which it is looked at again. */
const closedMonth = '2026-03';
const nextMonth = '2026-04';

/** Facts as they were known when the month was closed: what came before, the month itself, and the usage of that month alone. */
function closedUnder(
  document: AccountDocument,
  release: Release,
): {
  facts: AccountDocument;
  stateBefore: BillingResult['nextState'];
  closed: BillingResult;
} {
  const usage = (document.usage ?? []).filter(({ startedAt }) => startedAt.startsWith(closedMonth));
  const facts = { ...document, usage };
  const before = bill({ ...facts, usage: [], periods: { first: '2025-06', last: '2026-02' } }, release);
  const closed = ratedUnder(facts, before.nextState, release);
  return { facts, stateBefore: before.nextState, closed };
}

const ratedUnder = (
  facts: AccountDocument,
  previousState: BillingResult['nextState'],
  release: Release,
): BillingResult => bill({ ...facts, previousState, periods: { first: closedMonth, last: closedMonth } }, release);

const lookedAtAgain = (
  facts: AccountDocument,
  { stateBefore, closed }: Pick<ReturnType<typeof closedUnder>, 'stateBefore' | 'closed'>,
  release: Release,
): readonly Bill[] =>
  bill(
    {
      ...facts,
      previousState: closed.nextState,
      periods: { first: nextMonth, last: nextMonth },
      billed: [{ month: closedMonth, bills: closed.bills, stateBefore }],
    },
    release,
  ).bills;

const corrections = (bills: readonly Bill[]) =>
  bills.flatMap(({ lines }) => lines).filter(({ why }) => why.code === 'line.correction');
const sum = (amounts: readonly string[]): bigint => amounts.reduce((all, amount) => all + BigInt(amount), 0n);
const netOf = ({ bills }: BillingResult): bigint => sum(bills.map(({ net }) => net));

/**
 * Something about the first product that is found out after the month was closed, and holds from a day in it. To end on its first
 * day is about the month before, which is not looked at again: what waited there for this bill is owed all the same.
 */
const foundOut = (offerings: readonly string[]) =>
  fc.record({
    on: fc.integer({ min: 2, max: 31 }).map((day) => `${closedMonth}-${String(day).padStart(2, '0')}`),
    what: fc.oneof(
      fc.record({ offering: fc.constantFrom(...offerings) }),
      fc.constant({ status: 'suspended' as const }),
      fc.constant('ended' as const),
    ),
  });

function changed(
  product: Product,
  { on, what }: ReturnType<typeof foundOut> extends fc.Arbitrary<infer T> ? T : never,
): Product {
  if (on <= product.startsOn || (product.endsOn !== null && on >= product.endsOn)) return product;
  const history = (product.history ?? []).filter(({ from }) => from < on);
  return what === 'ended'
    ? { ...product, endsOn: on, history }
    : { ...product, history: [...history, { from: on, ...what }] };
}

describe.each([
  ['of the mobile operator', mobile],
  ['of the fitness club', fitness],
] as const)('a closed month %s that is rated again', (_whose, { documents, offerings, release }) => {
  it('owes nothing while nothing has changed', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const known = closedUnder(document, release);
        expect(ratedUnder(known.facts, known.stateBefore, release)).toEqual(known.closed);
        expect(corrections(lookedAtAgain(known.facts, known, release))).toEqual([]);
      }),
      runs,
    );
  });

  it('owes the difference of two ratings when something is found out, to the yen', () => {
    let differing = 0;
    fc.assert(
      fc.property(documents, foundOut(offerings), (document, change) => {
        // What is used after the end would be refused.
        const usage = (document.usage ?? []).filter(
          (use) => change.what !== 'ended' || use.product !== 'P-0' || use.startedAt < change.on,
        );
        const known = closedUnder({ ...document, usage }, release);
        const [first, ...others] = known.facts.products;
        const facts = { ...known.facts, products: [changed(first!, change), ...others] };
        const again = ratedUnder(facts, known.stateBefore, release);
        const owed = sum(corrections(lookedAtAgain(facts, known, release)).map(({ amount }) => amount));
        expect(owed).toBe(netOf(again) - netOf(known.closed));
        if (owed !== 0n) differing += 1;
      }),
      runs,
    );
    expect(differing).toBeGreaterThan(runs.numRuns / 20);
  });
});
