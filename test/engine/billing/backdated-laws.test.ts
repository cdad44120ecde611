/**
 * Does a customer owe in the end what a first rating would have billed, whatever is found out, and however far back it is dated?
 * Every kind of fact, up to twelve months back: corrections and what was billed are what one rating of what is known now bills.
 * KANADE_SEED draws others; KANADE_LONG=1 draws more.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, BilledMonth, BillingState } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { monthsLater } from '#engine/calendar/billing-cycle.ts';
import { contains } from '#engine/calendar/period.ts';
import { foundOut, kinds, knownNow, type Kind, type Known, type Sold } from './backdated-changes.ts';
import * as conventions from './random-conventions.ts';
import * as mobile from './random-accounts.ts';
import * as licences from './random-licences.ts';
import * as fitness from './random-members.ts';

const runs = { numRuns: process.env['KANADE_LONG'] === '1' ? 4_000 : 100 };

/** Twelve months are closed; what is found out is billed with the thirteenth. */
const closed = Array.from({ length: 12 }, (_, at) => monthsLater('2025-07', at));
const next = '2026-07';
const days = fc
  .record({ back: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ back, day }) => `${monthsLater(next, -back)}-${String(day).padStart(2, '0')}`);

const netOf = (bills: readonly Bill[]): bigint => bills.reduce((sum, { net }) => sum + BigInt(net), 0n);

/** The bills of the closed months as they were known, each given its own usage, and what each began with. */
function asClosed({ document, release }: Known): { months: BilledMonth[]; state: BillingState | undefined } {
  const span = { first: closed[0]!, last: closed.at(-1)! };
  const periods = bill({ ...document, usage: [], periods: span }, release).bills.map(({ period }) => period);
  let state: BillingState | undefined;
  const months = closed.map((month, at): BilledMonth => {
    const usage = (document.usage ?? []).filter(({ startedAt }) => contains(periods[at]!, startedAt.slice(0, 10)));
    const stateBefore = state ?? null;
    const periodsOf = { first: month, last: month };
    const before = state === undefined ? {} : { previousState: state };
    const result = bill({ ...document, usage, periods: periodsOf, ...before }, release);
    state = result.nextState;
    return { month, bills: [...result.bills], stateBefore };
  });
  return { months, state };
}

const populations: readonly (readonly [
  string,
  { readonly documents: fc.Arbitrary<AccountDocument>; readonly release: Known['release'] },
  Sold,
  readonly Kind[],
])[] = [
  [
    'of the mobile operator',
    mobile,
    { offerings: mobile.offerings, campaign: 'switch-and-save', otherCycle: 'twentieth' },
    kinds.filter((kind) => kind !== 'quantity'),
  ],
  [
    'of the seller of licences',
    licences,
    { offerings: licences.offerings, campaign: 'none', otherCycle: null, agreed: 'seats' },
    kinds.filter((kind) => !['granted', 'moved', 'reading', 'suspended', 'resumed'].includes(kind)),
  ],
  [
    'of the fitness club',
    fitness,
    { offerings: ['gym', 'locker', 'studio-monthly', 'studio-yearly'], campaign: 'none', otherCycle: null },
    kinds.filter((kind) => !['granted', 'moved', 'reading', 'agreed', 'quantity'].includes(kind)),
  ],
  [
    'of the conventions',
    conventions,
    { offerings: ['standard', 'premium-next-day', 'club', 'pass-april'], campaign: 'none', otherCycle: null },
    kinds.filter((kind) => !['granted', 'moved', 'agreed', 'quantity', 'suspended', 'resumed'].includes(kind)),
  ],
];

describe.each(populations)('a customer %s', (_whose, { documents, release }, sold, possible) => {
  it('owes what one rating of what is known now would have billed', () => {
    const differing = new Set<Kind>();
    fc.assert(
      fc.property(documents, foundOut(days, possible), (drawn, found) => {
        const usage = (drawn.usage ?? []).filter(({ startedAt }) => startedAt < '2026-06-15');
        const before: Known = { document: { ...drawn, usage }, release };
        const now = knownNow(before, found, sold);
        const { months, state } = asClosed(before);
        // Looked at again from the month in which something differs.
        const from = months.findIndex(({ month, bills }) => bills[0]!.period.end > found.on || month === next);
        const again = months.slice(from);
        const start = again[0]!.bills[0]!.period.start;
        const since = usageSince(now.document, start);
        const stateBefore = again[0]!.stateBefore;
        const periods = { first: again[0]!.month, last: next };
        const carried = stateBefore === null ? {} : { previousState: stateBefore };
        const once = billed({ ...now, document: { ...now.document, usage: since, periods, ...carried } });
        const last = billed({
          ...now,
          document: {
            ...now.document,
            usage: since,
            periods: { first: next, last: next },
            previousState: state!,
            // In whatever order the closed months come.
            billed: found.n % 2 === 0 ? again : again.toReversed(),
          },
        });
        // Days that are billed stay in the period that they were billed in: a closing day is not dated back.
        if (found.kind === 'moved' && last === 'period-already-billed') {
          differing.add('moved');
          return;
        }
        // A plan that has no rules for a day, or no such charge, is refused both ways.
        if (typeof once === 'string' || typeof last === 'string') {
          expect(last).toBe(once);
          return;
        }
        const paid = netOf(again.flatMap(({ bills }) => bills));
        expect(paid + netOf(last)).toBe(netOf(once));
        if (last.some(({ lines }) => lines.some(({ why }) => why.code === 'line.correction')))
          differing.add(found.kind);
      }),
      runs,
    );
    // Most kinds make a difference to somebody; which ones is a matter of chance.
    expect(differing.size).toBeGreaterThanOrEqual(possible.length / 2);
  });
});

const usageSince = ({ usage = [] }: AccountDocument, start: string) =>
  usage.filter(({ startedAt }) => startedAt >= start);

/** The bills, or the code with which the document is refused. */
function billed({ document, release }: Known): readonly Bill[] | string {
  try {
    return bill(document, release).bills;
  } catch (problem) {
    if (problem instanceof BillingProblem) return problem.diagnostic.code;
    throw problem;
  }
}
