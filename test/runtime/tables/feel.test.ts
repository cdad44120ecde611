/** Is a cell of a decision model asked as its language says: ranges with either end, negation, days, nothing at all? */
import { describe, expect, it } from 'vitest';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { decide, isMet, type DecisionTable, type Literal } from '#engine/tables/decision-table.ts';
import { literalIn, literalsIn, testIn } from '#runtime/tables/feel.ts';
import { fromUnaryTests } from '#runtime/tables/unary-tests.ts';

describe('a cell', () => {
  // asks                                of                     is met
  const rows: [string, string, boolean][] = [
    ['-', 'null', true],
    ['> 18', '18', false],
    ['> 18', '18.5', true],
    ['<= 18', '18.0', true],
    ['[1..5]', '5', true],
    ['[1..5)', '5', false],
    [']1..5]', '1', false],
    ['(1..5[', '1', false],
    ['[1..5], 7', '7', true],
    ['18', '"18"', false],
    ['"a", "b"', '"b"', true],
    ['not("a", "b")', '"b"', false],
    ['not("a", "b")', '"c"', true],
    ['not(> 5)', '3', true],
    ['> 5', 'null', false],
    ['not(> 5)', 'null', false],
    ['null', 'null', true],
    ['null', '0', false],
    ['true', 'true', true],
    ['true', '"true"', false],
    ['>= date("2026-04-01")', '@"2026-04-01"', true],
    ['< date("2026-04-01")', '@"2026-04-01"', false],
    ['[date("2026-04-01")..date("2027-03-31")]', 'date("2027-03-31")', true],
    ['starts with(?, "090")', '"0901"', true],
  ];
  it.each(rows)('%s asked of %s: %s', (asked, of, met) => {
    expect(isMet(testIn(asked)!, literalIn(of)!)).toBe(met);
  });

  it.each(['Age + 1', 'date("2026-02-30")', '"open', '[1..]', 'not()', '1,', 'x', '> "a" < "b"'])(
    'that says more is not read: %s',
    (written) => {
      expect(testIn(written)).toBeUndefined();
    },
  );

  it('that lists outcomes lists nothing but literals', () => {
    expect(literalsIn('"Approved", "Declined"')?.map(({ text }) => text)).toEqual(['Approved', 'Declined']);
    expect(literalsIn('> 5')).toBeUndefined();
  });
});

describe('as a cell of a price table', () => {
  // written                                     of the fact             becomes
  it.each([
    ['> 18', 'product.tenureMonths', { from: '19', to: null }],
    ['<= 18', 'product.tenureMonths', { from: null, to: '19' }],
    ['(9..18]', 'usage.hour', { from: '10', to: '19' }],
    ['> date("2026-12-31")', 'usage.date', { from: '2027-01-01', to: null }],
    ['(1..10)', 'usage.hour', { from: '2', to: '10' }],
    ['[2..)', 'usage.quantity', { from: '2', to: null }],
    ['= 18', 'usage.hour', '18'],
    ['not("individual")', 'customer.type', ['corporate']],
    ['!= "individual"', 'customer.type', ['corporate']],
  ])('%s of %s is said exactly', (written, fact, cell) => {
    expect(fromUnaryTests(written, factDictionary.get(fact))?.cell).toEqual(cell);
  });

  it('a number that has no next is refused, never rounded', () => {
    expect(fromUnaryTests('> 18', factDictionary.get('usage.quantity'))).toBeUndefined();
    expect(fromUnaryTests('not("a")', factDictionary.get('usage.destination'))).toBeUndefined();
  });
});

describe('a decision', () => {
  const text = (value: string): Literal => ({ is: 'text', text: value });
  const table = (policy: DecisionTable['policy'], otherwise: Literal | null = null): DecisionTable => ({
    ...{ policy, aggregation: null, inputs: [{ name: 'age', type: 'number', allowed: { is: 'any' } }] },
    outputs: [{ name: 'price', values: [], otherwise }],
    rows: [
      { when: [testIn('> 1')!], then: [text('a')] },
      { when: [testIn('> 2')!], then: [text('b')] },
    ],
  });
  const three: Literal = { is: 'number', text: '3' };

  it('is none where rows contradict one another', () => {
    expect(decide(table('UNIQUE'), [three])).toEqual({ is: 'contradiction', rows: [0, 1] });
    expect(decide(table('ANY'), [three])).toEqual({ is: 'contradiction', rows: [0, 1] });
    expect(decide({ ...table('COLLECT'), aggregation: 'SUM' }, [three]).is).toBe('contradiction');
  });

  it('is what is said for the rest where no row answers, and nothing where nothing is said', () => {
    const one: Literal = { is: 'number', text: '1' };
    expect(decide(table('UNIQUE'), [one])).toEqual({ is: 'nothing', rows: [] });
    expect(decide(table('FIRST', text('c')), [one])).toEqual({ is: 'outcome', outcome: [text('c')], rows: [] });
  });
});
