/** What happens when a fact about a closed month changes? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, Product, Ruleset, Usage } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { account, monthly, offering, plan, product, releaseOf, usage } from './build.ts';

const sold: Ruleset[] = [
  offering(),
  plan([monthly('4200'), usage()]),
  offering({}, 'other'),
  plan([monthly('6000')], { id: 'other' }),
];
const release = releaseOf(sold);
const call = (id: string, startedAt: string): Usage => ({
  id,
  product: 'P-1',
  meter: 'voice.seconds',
  startedAt,
  quantity: '30',
});

/** Bills March as it was known, then April with March looked at again under what is known now. */
function corrected(before: Partial<AccountDocument>, now: Partial<AccountDocument>): { march: Bill; april: Bill } {
  const first = bill(account('2026-03', [product()], before), release);
  const again = account('2026-04', [product()], {
    ...now,
    previousState: first.nextState,
    billed: [{ month: '2026-03', bills: first.bills, stateBefore: null }],
  });
  const [march] = first.bills;
  const [april] = bill(again, release).bills;
  if (march === undefined || april === undefined) throw new Error('no bill');
  return { march, april };
}

const changesIn = (of: Bill) =>
  of.lines
    .filter((line) => line.phase === 'adjustments')
    .map((line) => [line.charge, line.servicePeriod.start, line.amount]);

describe('a closed month that is looked at again', () => {
  it('owes nothing when nothing has changed', () => {
    expect(changesIn(corrected({}, {}).april)).toEqual([]);
  });

  it('is billed the difference of a change dated back into it', () => {
    const changed: Product = product({ history: [{ from: '2026-03-01', offering: 'other' }] });
    expect(changesIn(corrected({}, { products: [changed] }).april)).toEqual([['base', '2026-03-01', '1800']]);
  });

  it('gives back what was too much', () => {
    const ended = product({ startsOn: '2026-03-16' });
    // 4,200 × 16/31 = 2,167.7: 2,167 instead of 4,200.
    expect(changesIn(corrected({}, { products: [ended] }).april)).toEqual([['base', '2026-03-01', '-2033']]);
  });

  it('takes in usage that arrived late, as part of the month and not as late usage', () => {
    const uses = [call('U-1', '2026-03-10T10:00:00'), call('U-2', '2026-03-31T23:00:00')];
    const { april } = corrected({ usage: uses.slice(0, 1) }, { usage: [...uses, call('U-3', '2026-04-01T00:00:00')] });
    expect(changesIn(april)).toEqual([['call', '2026-03-01', '20']]);
    expect(april.lines.filter((line) => line.phase === 'listCharges').map((line) => line.amount)).toEqual([
      '4200',
      '20',
    ]);
  });

  it('leaves usage of earlier months alone: what March billed late stays, and what is late now is billed once', () => {
    const old = [call('U-1', '2026-02-10T10:00:00'), call('U-2', '2026-02-11T10:00:00')];
    // March billed U-1 late. U-2 came after it: April alone bills it.
    const { march, april } = corrected({ usage: old.slice(0, 1) }, { usage: old.slice(1) });
    const calls = ({ lines }: Bill) => lines.filter(({ charge }) => charge === 'call').map(({ amount }) => amount);
    expect([calls(march), calls(april), changesIn(april)]).toEqual([['20'], ['20'], []]);
  });

  it('comes to what it would have been, had all been known: tax apart, the difference of two ratings', () => {
    const changed: Product = product({ history: [{ from: '2026-03-11', offering: 'other' }] });
    const { march, april } = corrected({}, { products: [changed] });
    const known = bill(
      account('2026-03', [changed], { periods: { first: '2026-03', last: '2026-04' } }),
      release,
    ).bills;
    const net = (bills: readonly Bill[]) => bills.reduce((sum, one) => sum + BigInt(one.net), 0n);
    expect(net([march, april])).toBe(net(known));
  });

  it('keeps its usage to itself when the month after it is looked at again, too', () => {
    const uses = [call('U-1', '2026-03-10T10:00:00'), call('U-2', '2026-04-10T10:00:00')];
    const first = bill(account('2026-03', [product()], { usage: uses.slice(0, 1) }), release);
    const march = { month: '2026-03', bills: first.bills, stateBefore: null };
    const second = bill(
      account('2026-04', [product()], { usage: uses, previousState: first.nextState, billed: [march] }),
      release,
    );
    const billed = [march, { month: '2026-04', bills: second.bills, stateBefore: first.nextState }];
    const third = account('2026-05', [product()], { usage: uses, previousState: second.nextState, billed });
    expect(changesIn(bill(third, release).bills[0] as Bill)).toEqual([]);
  });

  it('is corrected once: what a later bill has corrected counts as billed', () => {
    const changed: Product = product({ history: [{ from: '2026-03-01', offering: 'other' }] });
    const first = bill(account('2026-03', [product()]), release);
    const second = bill(
      account('2026-04', [changed], {
        previousState: first.nextState,
        billed: [{ month: '2026-03', bills: first.bills, stateBefore: null }],
      }),
      release,
    );
    const billed = [
      { month: '2026-03', bills: first.bills, stateBefore: null },
      { month: '2026-04', bills: second.bills, stateBefore: first.nextState },
    ];
    const third = bill(account('2026-05', [changed], { previousState: second.nextState, billed }), release);
    expect(changesIn(second.bills[0] as Bill)).toEqual([['base', '2026-03-01', '1800']]);
    expect(changesIn(third.bills[0] as Bill)).toEqual([]);
  });
});
