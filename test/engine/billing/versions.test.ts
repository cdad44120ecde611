/** Which version of a plan does a product pay by? */
import { describe, expect, it } from 'vitest';
import type { RatePlanRuleset, Ruleset, Usage, UsageCharge } from '#schemas/generated/types.ts';
import { account, billFor, linesOf, monthly, offering, plan, product, usage } from './build.ts';

const old = plan([monthly('3000')]);
const dearer = (existing?: RatePlanRuleset['existing'], from = '2026-04-01'): RatePlanRuleset =>
  plan([monthly('3300')], { version: 2, effective: { from, to: null }, ...(existing && { existing }) });
const bound = product({ ratePlanVersion: 1 });
const free = product();

const rows: [because: string, who: typeof bound, later: RatePlanRuleset, month: string, lines: [string, string][]][] = [
  ['who is bound to no version pays the version of the day', free, dearer(), '2026-04', [['base', '3300']]],
  ['who is bound keeps the version when the new one says nothing', bound, dearer(), '2026-04', [['base', '3000']]],
  [
    'who is bound keeps it when the new one grandfathers',
    bound,
    dearer({ mode: 'grandfather' }),
    '2026-04',
    [['base', '3000']],
  ],
  [
    'who is bound moves on the day named',
    bound,
    dearer({ mode: 'fromDate', date: '2026-06-01' }),
    '2026-05',
    [['base', '3000']],
  ],
  [
    'and from that day on pays the new price',
    bound,
    dearer({ mode: 'fromDate', date: '2026-06-01' }),
    '2026-06',
    [['base', '3300']],
  ],
  [
    'a day within a month cuts it: 3,000 × 15/30 and 3,300 × 15/30',
    bound,
    dearer({ mode: 'fromDate', date: '2026-06-16' }),
    '2026-06',
    [
      ['base', '1500'],
      ['base', '1650'],
    ],
  ],
  [
    'nextCycle waits for the next whole period',
    bound,
    dearer({ mode: 'nextCycle' }, '2026-04-10'),
    '2026-04',
    [['base', '3000']],
  ],
  ['and holds from there', bound, dearer({ mode: 'nextCycle' }, '2026-04-10'), '2026-05', [['base', '3300']]],
];

describe('a price version', () => {
  it.each(rows)('%s', (_because, who, later, month, lines) => {
    expect(linesOf(billFor(account(month, [who]), [offering(), old, later]))).toEqual(lines);
  });

  it('does not follow a product to another plan', () => {
    const other = plan([monthly('5000')], { id: 'other', version: 3 });
    const changed = product({ ratePlanVersion: 1, history: [{ from: '2026-04-01', offering: 'other' }] });
    const sold: Ruleset[] = [offering(), old, offering({}, 'other'), other];
    expect(linesOf(billFor(account('2026-04', [changed]), sold))).toEqual([['base', '5000']]);
  });

  it('that changes within a month owes the minimum of the product once', () => {
    const bounded = (price: string, minimum: string, more: Partial<RatePlanRuleset> = {}): RatePlanRuleset =>
      plan([monthly(price)], {
        body: {
          charges: [monthly(price)],
          bounds: [{ id: 'least', name: old.name, minimum, taxCategory: 'standard' }],
        },
        ...more,
      });
    const rulesets: Ruleset[] = [
      offering(),
      bounded('300', '1000'),
      bounded('600', '1200', { version: 2, effective: { from: '2026-04-16', to: null } }),
    ];
    // 300 × 15/30 and 600 × 15/30 are 450; the version held last asks for 1,200.
    expect(linesOf(billFor(account('2026-04', [free]), rulesets))).toEqual([
      ['base', '150'],
      ['base', '300'],
      ['least', '750'],
    ]);
  });

  it('that changes within a month owes the minimum of a usage charge once', () => {
    const used = (unitPrice: string): UsageCharge => {
      const unit = { size: '1', rounding: 'exact', per: 'period' } as const;
      return usage({ unit, price: { model: 'perUnit', unitPrice }, bounds: { minimum: '1000' } });
    };
    const rulesets: Ruleset[] = [
      offering(),
      plan([used('10')]),
      plan([used('20')], { version: 2, effective: { from: '2026-04-16', to: null } }),
    ];
    const use = (id: string, day: string, quantity: string): Usage => ({
      id,
      product: 'P-1',
      meter: 'voice.seconds',
      startedAt: `${day}T10:00:00`,
      quantity,
    });
    const owed = (...uses: Usage[]) => linesOf(billFor(account('2026-04', [free], { usage: uses }), rulesets));
    expect(owed()).toEqual([
      ['call', '0'],
      ['call', '0'],
      ['call-minimum', '1000'],
    ]);
    // 50 × 10 and 35 × 20 are 1,200: above the minimum together, though neither is by itself.
    expect(owed(use('U-1', '2026-04-10', '50'), use('U-2', '2026-04-20', '35'))).toEqual([
      ['call', '500'],
      ['call', '700'],
    ]);
  });

  it('that changes within a month owes a flat part once, at the price held last', () => {
    const use = (id: string, day: string, quantity: string): Usage => ({
      id,
      product: 'P-1',
      meter: 'voice.seconds',
      startedAt: `${day}T10:00:00`,
      quantity,
    });
    const unit = { size: '1', rounding: 'exact', per: 'period' } as const;
    const next = { version: 2, effective: { from: '2026-04-16', to: null } };
    const double = (floor: string, unitPrice: string): UsageCharge =>
      usage({ unit, price: { model: 'doubleFlat', floor, unitPrice, ceiling: '4200' } });
    const owed = (rulesets: Ruleset[], ...uses: Usage[]) =>
      linesOf(billFor(account('2026-04', [free], { usage: uses }), rulesets));
    // AX-10 with another floor and price from the 16th on.
    const doubles: Ruleset[] = [offering(), plan([double('1000', '0.08')]), plan([double('1200', '0.1')], next)];
    expect(owed(doubles)).toEqual([['call', '1200']]);
    // 10,000 before and 20,000 after are 30,000 × 0.1, not 1,000 and 2,000.
    expect(owed(doubles, use('U-1', '2026-04-10', '10000'), use('U-2', '2026-04-20', '20000'))).toEqual([
      ['call', '3000'],
    ]);
    const stepped = (price: string): UsageCharge =>
      usage({
        unit,
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '10', price },
            { upTo: null, price: '3000' },
          ],
        },
      });
    const steps: Ruleset[] = [offering(), plan([stepped('980')]), plan([stepped('1080')], next)];
    expect(owed(steps, use('U-1', '2026-04-10', '5'), use('U-2', '2026-04-20', '5'))).toEqual([['call', '1080']]);
    expect(owed(steps, use('U-1', '2026-04-10', '5'), use('U-2', '2026-04-20', '6'))).toEqual([['call', '3000']]);
    // Where the flat part goes, each version is billed by itself.
    const mixed: Ruleset[] = [offering(), plan([stepped('980')]), plan([usage({ unit })], next)];
    expect(owed(mixed, use('U-1', '2026-04-10', '5'), use('U-2', '2026-04-20', '6'))).toEqual([
      ['call', '980'],
      ['call', '120'],
    ]);
  });
});
