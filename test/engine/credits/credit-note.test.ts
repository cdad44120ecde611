/** What can be given back of a closed bill, and with how much tax? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bill, BillLine, CreditNote, RoundingMode } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { creditableLines } from '#engine/credits/creditable.ts';
import { creditNote, mayBeLeftOut, type CreditAsked } from '#engine/credits/credit-note.ts';
import type { Adjustment, Charge, Ruleset, TaxBody } from '#schemas/generated/types.ts';
import { account, offering, plan, product, releaseOf, tax } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const rules = { rounding: 'down' } as const;

interface Charged {
  readonly id: string;
  readonly price: string;
  readonly taxCategory?: BillLine['taxCategory'];
  readonly taxIncluded?: boolean;
}

const withRates = (rounding: RoundingMode): Ruleset => {
  const both = tax();
  if (both.kind !== 'tax') throw new Error('tax is tax');
  both.body.rounding = rounding;
  both.body.rates = [...both.body.rates, { category: 'reduced', from: '2019-10-01', to: null, rate: '0.08' }];
  return both;
};

function billed(
  charges: readonly Charged[],
  adjustments: readonly Adjustment[] = [],
  rounding: RoundingMode = 'down',
): Bill {
  const once = charges.map((charge): Charge => ({
    type: 'oneTime',
    on: 'start',
    name: named,
    taxCategory: 'standard',
    ...charge,
  }));
  const given = account('2026-01', [product()], { adjustments: [...adjustments] });
  return bill(given, releaseOf([offering(), plan(once), withRates(rounding)])).bills[0]!;
}

const credit = (
  of: Bill,
  asked: readonly CreditAsked[],
  before: readonly CreditNote[] = [],
  by = rules,
): CreditNote => {
  const outcome = creditNote(of, before, asked, by);
  if (outcome.note === undefined) throw new Error(JSON.stringify(outcome.problems));
  return outcome.note;
};
const refused = (of: Bill, asked: readonly CreditAsked[], before: readonly CreditNote[] = []) => {
  const outcome = creditNote(of, before, asked, rules);
  return outcome.note === undefined ? outcome.problems.map(({ code, values }) => ({ code, ...values })) : [];
};
const figures = ({ net, taxTotal, total }: CreditNote): string[] => [net, taxTotal, total];

/** AX-16: 4,200, 2 and 1 at 10 %, 3,000 of newspaper at 8 %: tax 420 and 240, total 7,863. */
const newspaper = billed([
  { id: 'a', price: '4200' },
  { id: 'b', price: '2' },
  { id: 'c', price: '1' },
  { id: 'd', price: '3000', taxCategory: 'reduced' },
]);

describe('a credit note', () => {
  it('gives 1,000 back with 100 of tax, as the journal of DOMAIN 9.5 has it', () => {
    expect(figures(credit(newspaper, [{ line: 'L1', amount: '1000' }]))).toEqual(['1000', '100', '1100']);
  });

  it('bears the rates of the bill: of AX-16 both, 420 and 240, and never their sum over lines', () => {
    expect(newspaper.total).toBe('7863');
    const whole = credit(newspaper, [
      { line: 'L1', amount: '4200' },
      { line: 'L2', amount: '2' },
      { line: 'L3', amount: '1' },
      { line: 'L4', amount: '3000' },
    ]);
    expect(whole.tax.map((one) => [one.rate, one.net, one.tax, one.gross])).toEqual([
      ['0.10', '4203', '420', '4623'],
      ['0.08', '3000', '240', '3240'],
    ]);
    expect(whole.total).toBe('7863');
  });

  it('rounds the tax once for each rate of the note: 5 + 5 of two lines bear 1, not 0', () => {
    const two = billed([
      { id: 'a', price: '5' },
      { id: 'b', price: '5' },
    ]);
    const note = credit(two, [
      { line: 'L1', amount: '5' },
      { line: 'L2', amount: '5' },
    ]);
    expect(figures(note)).toEqual(['10', '1', '11']);
  });

  it('leaves the tax that was rounded off to the last: 105 four times comes to the 42 of the bill', () => {
    const four = billed(['a', 'b', 'c', 'd'].map((id) => ({ id, price: '105' })));
    expect([four.taxTotal, four.total]).toEqual(['42', '462']);
    const notes: CreditNote[] = [];
    for (const line of ['L1', 'L2', 'L3', 'L4']) notes.push(credit(four, [{ line, amount: '105' }], notes));
    expect(notes.map(({ taxTotal }) => taxTotal)).toEqual(['10', '10', '10', '12']);
  });

  it('takes tax that is included out of the price: AX-17’s 4,623 hold 420', () => {
    const included = billed([{ id: 'a', price: '4623', taxIncluded: true }]);
    expect(figures(credit(included, [{ line: 'L1', amount: '4623' }]))).toEqual(['4203', '420', '4623']);
    expect(figures(credit(included, [{ line: 'L1', amount: '1100' }]))).toEqual(['1000', '100', '1100']);
  });

  it('gives back no tax of what bore none', () => {
    const exempt = billed([{ id: 'a', price: '80000', taxCategory: 'exempt' }]);
    expect(figures(credit(exempt, [{ line: 'L1', amount: '5000' }]))).toEqual(['5000', '0', '5000']);
  });
});

describe('nothing is given back', () => {
  const part = credit(newspaper, [{ line: 'L1', amount: '4000' }]);

  it.each([
    ['that is no line of the bill', [{ line: 'L9', amount: '1' }], [], [{ code: 'credit-line-unknown', line: 'L9' }]],
    [
      'twice in one note',
      [
        { line: 'L1', amount: '1' },
        { line: 'L1', amount: '1' },
      ],
      [],
      [{ code: 'credit-line-unknown', line: 'L1' }],
    ],
    ['of zero', [{ line: 'L1', amount: '0' }], [], [{ code: 'credit-not-an-amount', amount: '0' }]],
    ['below zero', [{ line: 'L1', amount: '-1' }], [], [{ code: 'credit-not-an-amount', amount: '-1' }]],
    ['finer than a yen', [{ line: 'L1', amount: '0.5' }], [], [{ code: 'credit-not-an-amount', amount: '0.5' }]],
    ['by asking for nothing', [], [], [{ code: 'credit-of-nothing' }]],
    [
      'above the line',
      [{ line: 'L1', amount: '4201' }],
      [],
      [{ code: 'credit-above-line', line: 'L1', amount: '4201', left: '4200' }],
    ],
    [
      'above what earlier notes have left of the line',
      [{ line: 'L1', amount: '201' }],
      [part],
      [{ code: 'credit-above-line', line: 'L1', amount: '201', left: '200' }],
    ],
  ] as const)('%s', (_what, asked, before, problems) => {
    expect(refused(newspaper, asked, before)).toEqual(problems);
  });

  it('above what an apology on the bill has left of its rate', () => {
    const apology = {
      id: 'sorry',
      account: 'A-1',
      on: '2026-01-20',
      name: named,
      amount: '-500',
      taxCategory: 'standard',
    } as const;
    const lowered = billed([{ id: 'a', price: '4200' }], [apology]);
    expect(refused(lowered, [{ line: 'L1', amount: '3701' }])).toEqual([
      { code: 'credit-above-rate', rate: '0.10', amount: '3701', left: '3700' },
    ]);
    expect(figures(credit(lowered, [{ line: 'L1', amount: '3700' }]))).toEqual([
      lowered.net,
      lowered.taxTotal,
      lowered.total,
    ]);
  });
});

it('a discount is part of its line: of 4,200 at half price 2,100 can be given back', () => {
  const [line] = newspaper.lines;
  const half: BillLine = { ...line!, id: 'L9', target: 'L1', amount: '-2100', tax: '-210' };
  const discounted: Bill = {
    ...newspaper,
    lines: [...newspaper.lines, half],
    tax: newspaper.tax.map((one) => (one.rate === '0.10' ? { ...one, net: '2103', tax: '210', gross: '2313' } : one)),
  };
  expect(creditableLines(discounted, []).map((each) => [each.line.id, each.left])).toEqual([
    ['L1', 2100n],
    ['L2', 2n],
    ['L3', 1n],
    ['L4', 3000n],
  ]);
});

describe('a small credit need not be handed over', () => {
  const law = { ja: '法', en: 'Law' };
  const smallCredits: TaxBody['smallCredits'] = { below: '10000', from: '2023-10-01', to: null, law };

  it.each([
    ['9999', '2023-10-01', true, 'below 10,000 with tax'],
    ['10000', '2023-10-01', false, '10,000 is not below it'],
    ['9999', '2023-09-30', false, 'before the law'],
  ])('%s on %s: %s, %s', (total, on, left, _because) => {
    expect(mayBeLeftOut(total, { smallCredits }, on)).toBe(left);
  });

  it('only where the tax rules say so, and only as long', () => {
    expect(mayBeLeftOut('1', {}, '2026-01-01')).toBe(false);
    expect(mayBeLeftOut('1', { smallCredits: { ...smallCredits, to: '2026-01-01' } }, '2026-01-01')).toBe(false);
  });
});

it('several credit notes never come to more than the bill, and together to all of it', () => {
  const categories = ['standard', 'reduced', 'exempt'] as const;
  const line = fc.record({
    price: fc.integer({ min: 1, max: 3000 }).map(String),
    taxCategory: fc.constantFrom(...categories),
    taxIncluded: fc.boolean(),
  });
  const rounding = fc.constantFrom<RoundingMode>('down', 'up', 'halfUp', 'floor', 'ceiling', 'halfEven');
  const shares = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), rounding, shares, (lines, mode, percents) => {
      const of = billed(
        lines.map((each, index) => ({ id: `c${index}`, ...each })),
        [],
        mode,
      );
      const notes: CreditNote[] = [];
      const give = (share: (left: bigint) => bigint): void => {
        const asked = creditableLines(of, notes)
          .map((each) => ({ line: each.line.id, amount: share(each.left) }))
          .filter(({ amount }) => amount > 0n)
          .map(({ line: id, amount }) => ({ line: id, amount: `${amount}` }));
        if (asked.length > 0) notes.push(credit(of, asked, notes, { rounding: mode } as typeof rules));
      };
      const givenOf = (rate: string, category: string, what: 'net' | 'tax' | 'gross'): bigint =>
        notes
          .flatMap((note) => note.tax)
          .filter((one) => one.rate === rate && one.category === category)
          .reduce((sum, one) => sum + BigInt(one[what]), 0n);
      for (const percent of percents) {
        give((left) => (left * BigInt(percent)) / 100n);
        for (const { rate, category, tax: owed, gross } of of.tax) {
          expect(givenOf(rate, category, 'tax') <= BigInt(owed)).toBe(true);
          expect(givenOf(rate, category, 'gross') <= BigInt(gross)).toBe(true);
        }
        for (const note of notes) expect(BigInt(note.net) + BigInt(note.taxTotal)).toBe(BigInt(note.total));
      }
      give((left) => left);
      for (const { rate, category, net, tax: owed, gross } of of.tax) {
        expect([net, owed, gross]).toEqual(
          (['net', 'tax', 'gross'] as const).map((what) => `${givenOf(rate, category, what)}`),
        );
      }
    }),
    { numRuns: 300 },
  );
});
