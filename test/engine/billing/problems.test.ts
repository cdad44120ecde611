/** Which groups cannot be billed, and what is said about them? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Charge, Ruleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { bill } from '#engine/billing/bill.ts';
import type { BillingProblem } from '#engine/billing/problem.ts';
import { account, cycle, monthly, offering, plan, problemOf, product, releaseOf, tax, usage } from './build.ts';

const sold: Ruleset[] = [offering(), plan([monthly('4200'), usage()])];
const use = { id: 'U-1', product: 'P-1', meter: 'voice.seconds', startedAt: '2026-04-10T10:00:00', quantity: '61' };
const later = { effective: { from: '2027-01-01', to: null } };
const locked = offering({ term: 'two-year' });
const term: Ruleset = {
  ...offering(),
  kind: 'term',
  id: 'two-year',
  body: { months: 24, renewal: 'none', graceMonths: 2, penalty: 'leaving' },
};
const leaving = product({ endsOn: '2026-04-15' });

const refused: [code: string, path: string, document: AccountDocument, rulesets: Ruleset[]][] = [
  ['account-unknown', '/products/0/account', account('2026-04', [product({ account: 'A-9' })]), sold],
  [
    'product-unknown',
    '/usage/0/product',
    account('2026-04', [product()], { usage: [{ ...use, product: 'P-9' }] }),
    sold,
  ],
  [
    'usage-outside-service',
    '/usage/U-1',
    account('2026-04', [product({ startsOn: '2026-04-11' })], { usage: [use] }),
    sold,
  ],
  ['periods-reversed', '/periods', account('2026-04', [], { periods: { first: '2026-05', last: '2026-04' } }), sold],
  ['periods-too-many', '/periods', account('2026-04', [], { periods: { first: '0001-01', last: '9800-12' } }), sold],
  ['periods-too-many', '/periods', account('2026-04', [], { periods: { first: '9999-12', last: '9999-12' } }), sold],
  [
    'period-already-billed',
    '/previousState/billedThrough',
    account('2026-04', [], { previousState: { billedThrough: { 'A-1': '2026-05-01' } } }),
    sold,
  ],
  [
    'period-skipped',
    '/previousState/billedThrough',
    account('2026-04', [], { previousState: { billedThrough: { 'A-1': '2026-03-01' } } }),
    sold,
  ],
  ['offering-not-in-force', '/products/P-1', account('2026-04', [product()]), [plan([monthly('4200')])]],
  [
    'rate-plan-not-in-force',
    '/products/P-1',
    account('2026-04', [product()]),
    [offering(), plan([monthly('1')], later)],
  ],
  ['rate-plan-version-unknown', '/products/P-1', account('2026-04', [product({ ratePlanVersion: 7 })]), sold],
  ['ruleset-not-in-force', '/accounts/A-1/billingCycle', account('2026-04', []), [{ ...cycle(), ...later }]],
  ['term-not-in-force', '/products/P-1', account('2026-04', [leaving]), [locked, plan([monthly('4200')])]],
  ['penalty-not-in-force', '/products/P-1', account('2026-04', [leaving]), [locked, term, plan([monthly('4200')])]],
  ...(
    [
      { type: 'passThrough', id: 'base', name: offering().name, meter: 'supplier.amount', taxCategory: 'standard' },
      {
        type: 'instalment',
        id: 'base',
        name: offering().name,
        total: '24000',
        parts: 24,
        residue: 'last',
        onEnd: 'balance',
        taxCategory: 'standard',
      },
      { type: 'statutory', id: 'base', name: offering().name, fee: 'universal', taxCategory: 'standard' },
    ] satisfies Charge[]
  ).map((charge): (typeof refused)[number] => [
    'agreement-not-possible',
    '/negotiatedPrices/0/charge',
    account('2026-04', [product()], {
      negotiatedPrices: [
        { id: 'N-1', charge: 'base', valid: { from: '2026-01-01', to: null }, price: { pinned: '1' } },
      ],
    }),
    [offering(), plan([charge])],
  ]),
  [
    'tax-rate-missing',
    '/lines/L1',
    account('1999-04', [product({ startsOn: '1999-01-01', appliedOn: '1999-01-01' })]),
    [
      ...sold.map((one) => ({ ...one, effective: { from: '1990-01-01', to: null } })),
      { ...cycle(), effective: { from: '1990-01-01', to: null } },
      { ...tax(), effective: { from: '1990-01-01', to: null } },
      {
        ...releaseOf([]).rulesets.find((one) => one.kind === 'rounding'),
        effective: { from: '1990-01-01', to: null },
      } as Ruleset,
    ],
  ],
];

describe('a group that cannot be billed', () => {
  it.each(refused)('%s at %s', (code, path, document, rulesets) => {
    expect(problemOf(document, rulesets)).toEqual({ code, path });
  });

  it.each(refused)('is told why in both languages: %s', (code, _path, document, rulesets) => {
    try {
      bill(document, releaseOf(rulesets));
    } catch (problem) {
      const { values } = (problem as BillingProblem).diagnostic;
      expect(words('ja').render(`diagnostic.${code}`, values)).toMatch(/[ぁ-ん].*。/);
      expect(words('en').render(`diagnostic.${code}`, values)).toMatch(/\.$/);
      for (const value of Object.values(values).filter((text) => text.startsWith('P-') || text.startsWith('A-'))) {
        expect(words('en').render(`diagnostic.${code}`, values)).toContain(value);
      }
    }
  });
});
