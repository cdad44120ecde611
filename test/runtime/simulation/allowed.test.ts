/** What an operator may not sell, is not simulated: each rule of an offering says no by itself (申込可否). */
import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import type { SimulationBase } from '#runtime/simulation/base.ts';
import type { Change } from '#runtime/simulation/changes.ts';
import { simulate, type Simulated } from '#runtime/simulation/simulate.ts';
import { repeatedUsage } from '#runtime/simulation/typical-month.ts';
import type { AccountDocument, Condition, OfferingRuleset, Product, Ruleset } from '#schemas/generated/types.ts';

const shipped = usableRulesets(fileURLToPath(new URL('../../../rulesets/kanade-mobile', import.meta.url)));
if ('diagnostics' in shipped) throw new Error('the shipped rulesets are sound');

const product = (id: string, offering: string, more: Partial<Product> = {}): Product => ({
  ...{ id, account: 'A-1', offering, event: 'new', appliedOn: '2026-01-01', startsOn: '2026-01-01', endsOn: null },
  ...more,
});

const document = (products: readonly Product[]): AccountDocument => ({
  customer: { id: 'C-1', type: 'individual', birthDate: '1990-05-05' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [...products],
  previousState: { billedThrough: { 'A-1': '2026-11-01' } },
  periods: { first: '2026-11', last: '2026-11' },
});

const base = (products: readonly Product[]): SimulationBase => ({
  ...{
    customer: { id: 'C-1', name: '' },
    accounts: ['A-1'],
    today: '2026-11-25',
    currency: 'JPY',
    closing: 31,
    month: '2026-11',
  },
  document: document(products),
  typical: null,
});

/** The shipped rulesets, with other conditions of sale for some offerings. */
function selling(bodies: Readonly<Record<string, Partial<OfferingRuleset['body']>>>): Ruleset[] {
  if ('diagnostics' in shipped) return [];
  return shipped.rulesets.map((ruleset) =>
    ruleset.kind === 'offering' ? { ...ruleset, body: { ...ruleset.body, ...bodies[ruleset.id] } } : ruleset,
  );
}

const trying = (
  held: readonly Product[],
  changes: readonly Change[],
  rulesets: readonly Ruleset[] = selling({}),
): Simulated =>
  simulate({
    base: base(held),
    given: { changes, from: '2026-12-01', appliedOn: '2026-11-25' },
    months: 2,
    release: 1,
    rulesets,
  });

const codes = (simulated: Simulated): string[] => {
  if ('refusals' in simulated) return simulated.refusals.map(({ code }) => code.slice('simulation.refused.'.length));
  return 'problem' in simulated ? [simulated.problem.code] : [];
};

const phone = product('P-1', 'smartphone-s');
const takeVoicemail: Change = { kind: 'addProduct', offering: 'voicemail' };
const fromForty: Condition = { all: [{ fact: 'customer.age', operator: 'decimalGreaterThanInclusive', value: '40' }] };

describe('an offering', () => {
  it.each([
    ['is sold as it is', {}, []],
    ['no longer sold on the day of the order', { sales: { from: '2022-04-01', to: '2026-11-25' } }, ['not-sold']],
    ['sold on its last day', { sales: { from: '2022-04-01', to: '2026-11-26' } }, []],
    ['not sold yet', { sales: { from: '2026-11-26', to: null } }, ['not-sold']],
    ['that requires what is held', { requires: ['smartphone-s'] }, []],
    ['that requires what is not held', { requires: ['home-internet'] }, ['requires']],
    ['that excludes what is held', { excludes: ['smartphone-s'] }, ['excludes']],
    ['for people of forty', { eligibility: fromForty }, ['not-eligible']],
    [
      'with every obstacle at once',
      { sales: { from: '2027-01-01', to: null }, requires: ['home-internet'], eligibility: fromForty },
      ['not-sold', 'requires', 'not-eligible'],
    ],
  ] as const)('%s', (_case, body, expected) => {
    expect(
      codes(trying([phone], [takeVoicemail], selling({ voicemail: body as Partial<OfferingRuleset['body']> }))),
    ).toEqual(expected);
  });

  it('excluded by one that is held cannot be taken either', () => {
    expect(codes(trying([phone], [takeVoicemail], selling({ 'smartphone-s': { excludes: ['voicemail'] } })))).toEqual([
      'excludes',
    ]);
  });

  it('that another one needs cannot be ended alone, but together with it', () => {
    const rulesets = selling({ voicemail: { requires: ['smartphone-s'] } });
    const held = [phone, product('P-2', 'voicemail')];
    expect(codes(trying(held, [{ kind: 'endProduct', product: 'P-1' }], rulesets))).toEqual(['requires']);
    expect(
      codes(
        trying(
          held,
          [
            { kind: 'endProduct', product: 'P-1' },
            { kind: 'endProduct', product: 'P-2' },
          ],
          rulesets,
        ),
      ),
    ).toEqual([]);
  });

  it('required by another may be taken in the same order', () => {
    const rulesets = selling({ voicemail: { requires: ['home-internet'] } });
    expect(
      codes(trying([phone], [takeVoicemail, { kind: 'addProduct', offering: 'home-internet' }], rulesets)),
    ).toEqual([]);
  });
});

describe('a contract', () => {
  it('that is over cannot be changed', () => {
    const gone = product('P-1', 'smartphone-s', { endsOn: '2026-12-01' });
    expect(codes(trying([gone], [{ kind: 'changeOffering', product: 'P-1', offering: 'smartphone-l' }]))).toEqual([
      'not-held',
    ]);
  });

  it('whose term is over is left free, and says so', () => {
    const kept = product('P-1', 'smartphone-m-two-year', { startsOn: '2023-01-01', appliedOn: '2023-01-01' });
    const ended = trying([kept], [{ kind: 'endProduct', product: 'P-1' }]);
    expect('sentences' in ended && ended.sentences.map(({ code }) => code)).toContain('simulation.leftFree');
    expect('charges' in ended && ended.charges.filter(({ phase }) => phase === 'terminationCharges')).toEqual([]);
  });

  it('goes on under the new offering where no term is broken: no second handling fee', () => {
    const moved = trying([phone], [{ kind: 'changeOffering', product: 'P-1', offering: 'smartphone-l' }]);
    expect(
      'charges' in moved && moved.charges.map(({ product: id, charge, difference }) => [id, charge, difference]),
    ).toEqual([
      ['P-1', 'base', '12960'],
      ['P-1', 'base', '-4360'],
      ['P-1', 'data', '-960'],
      // Its second year begins in January, and takes five percent of more.
      ['P-1', 'mobile-tenure', '-215'],
    ]);
  });

  it('of a release that cannot bill it is a problem with a name, not a crash', () => {
    const noTax = selling({}).filter(({ kind }) => kind !== 'tax');
    expect(codes(trying([phone], [takeVoicemail], noTax))).toEqual(['ruleset-not-in-force']);
  });
});

describe('a typical month', () => {
  const use = (startedAt: string) => ({
    id: startedAt,
    product: 'P-1',
    meter: 'voice.seconds',
    startedAt,
    quantity: '60',
  });
  const october = {
    month: '2026-10',
    lastDay: '2026-10-31',
    isWhole: true,
    usage: [use('2026-10-01T00:00:00'), use('2026-10-31T23:59:59')],
  };

  it.each([
    ['2026-11', 31, ['2026-11-01T00:00:00', '2026-11-30T23:59:59']],
    ['2027-02', 31, ['2027-02-01T00:00:00', '2027-02-28T23:59:59']],
    ['2028-02', 31, ['2028-02-01T00:00:00', '2028-02-29T23:59:59']],
  ])('has its days in %s closed on the %i', (month, closing, days) => {
    expect(repeatedUsage(october, [month], closing, [phone]).map(({ startedAt }) => startedAt)).toEqual(days);
  });

  it('stays within a period that closes in the middle of a month', () => {
    const period = {
      month: '2026-03',
      lastDay: '2026-03-30',
      isWhole: true,
      usage: [use('2026-03-01T08:00:00'), use('2026-03-30T08:00:00')],
    };
    // Closed on the 30th: March is 1 to 30 March, February 31 January to 28 February, April 31 March to 30 April.
    expect(
      repeatedUsage(period, ['2026-04', '2027-02'], 30, [phone]).map(({ startedAt }) => startedAt.slice(0, 10)),
    ).toEqual([...['2026-04-01', '2026-04-30'], ...['2027-02-01', '2027-02-28']]);
  });

  it('leaves out a product that has no service any more, and follows the one that took its place', () => {
    const left = { ...phone, endsOn: '2026-11-15' };
    const next = product('P-1+', 'smartphone-l', { startsOn: '2026-11-15' });
    expect(repeatedUsage(october, ['2026-11'], 31, [left])).toHaveLength(1);
    const followed = repeatedUsage(
      october,
      ['2026-11'],
      31,
      [left, next],
      new Map([['P-1', { product: 'P-1+', from: '2026-11-15' }]]),
    );
    expect(followed.map((each) => each.product)).toEqual(['P-1', 'P-1+']);
    expect(new Set(followed.map(({ id }) => id)).size).toBe(2);
  });
});
