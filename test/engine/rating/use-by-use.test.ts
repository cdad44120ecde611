/**
 * Do the amounts of the uses add up to the month's charge, whichever way they are rated: by the bill, by fractions, by the
 * emitted loop? 2,500 tariffs × 4 products at each run; KANADE_LONG=1 for forty times as many. A failure prints its seed
 * and path: KANADE_SEED=<seed> KANADE_PATH=<path> runs that case again.
 */
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { compileCondition } from '#engine/conditions/evaluate.ts';
import { exact, fractionOf, least, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { columnsOf, type UsageColumns } from '#engine/rating/columns.ts';
import { rateColumns, ratingOf, type Rated } from '#engine/rating/rate.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Allowance, RatePlanRuleset, Usage, UsageCharge, UsagePrice } from '#schemas/generated/types.ts';
import { account, offering, plan, product, releaseOf, usage } from '../billing/build.ts';

const numRuns = process.env['KANADE_LONG'] === '1' ? 100_000 : 2_500;
/** One case alone is run again. */
const isReplay = process.env['KANADE_PATH'] !== undefined;

const price = fc.constantFrom('0', '0.0825', '3.3', '20', '1234.5678');
const size = fc.constantFrom('1', '7', '30', '128');
const tierEnds = fc.uniqueArray(fc.constantFrom('5', '12', '100', '2000'), { minLength: 1, maxLength: 3 });
const inOrder = (ends: readonly string[]): (string | null)[] => [
  ...[...ends].sort((a, b) => Number(a) - Number(b)),
  null,
];
const tiers = tierEnds.chain((ends) =>
  fc.tuple(
    ...inOrder(ends).map((upTo) =>
      fc
        .tuple(price, fc.option(price))
        .map(([unitPrice, flat]) => ({ upTo, unitPrice, ...(flat === null ? {} : { flat }) })),
    ),
  ),
);

const cell = fc.constantFrom('near', 'far', null);
const hours = fc.constantFrom({ from: '8', to: '20' }, { from: null, to: '8' }, null);
const shapes: Arbitrary<UsagePrice> = fc.oneof(
  price.map((unitPrice): UsagePrice => ({ model: 'perUnit', unitPrice })),
  fc.constant<UsagePrice>({ model: 'perUnit', unitPrice: '-1.53' }),
  fc
    .tuple(tiers, fc.boolean())
    .map(([of, due]): UsagePrice => ({ model: 'graduated', tiers: of, ...(due ? { withoutUse: 'due' } : {}) })),
  fc.tuple(tiers, fc.boolean()).map(([of, bestOf]): UsagePrice => ({
    model: 'volume',
    tiers: of,
    ...(bestOf ? { bestOf } : { withoutUse: 'due' }),
  })),
  fc.constant<UsagePrice>({ model: 'doubleFlat', floor: '1000', unitPrice: '0.08', ceiling: '4200' }),
  fc.tuple(size, price).map(([of, each]): UsagePrice => ({ model: 'package', size: of, price: each })),
  fc.tuple(tierEnds, fc.boolean()).map(([ends, due]): UsagePrice => ({
    model: 'steppedFlat',
    steps: inOrder(ends).map((upTo, index) => ({ upTo, price: String(980 + index * 500) })),
    ...(due ? {} : { withoutUse: 'notDue' }),
  })),
  fc.constantFrom<UsagePrice>(
    { model: 'percentage', percent: '3.25' },
    { model: 'percentage', percent: '2', freeUses: 2, freeAmount: '500' },
  ),
  fc.array(fc.tuple(cell, hours, price, fc.option(price)), { maxLength: 4 }).map((rows): UsagePrice => ({
    model: 'matrix',
    hit: 'first',
    columns: [
      { fact: 'usage.destination', match: 'equal' },
      { fact: 'usage.hour', match: 'range' },
    ],
    rows: [...rows, [null, null, '1', null] as const].map(([where, when, unitPrice, connectFee], index) => ({
      id: `R-${String(index)}`,
      when: [where, when],
      unitPrice,
      ...(connectFee === null ? {} : { connectFee }),
    })),
  })),
);

const rounding = fc.constantFrom<[UsageCharge['unit']['rounding'], UsageCharge['unit']['per']]>(
  ['up', 'event'],
  ['up', 'event'],
  ['up', 'period'],
  ['exact', 'event'],
);

/** One charge in five prices its uses one by one. */
const eachUses: readonly NonNullable<UsageCharge['eachUse']>[] = [
  { minimum: '10', maximum: '300' },
  { maximum: '50', rounding: { mode: 'halfUp', step: '0.1' } },
];

const meters = ['voice.seconds', 'data.kilobytes'] as const;

const chargeOn = (meter: string): Arbitrary<UsageCharge> =>
  fc
    .record({
      price: shapes,
      size,
      rounding,
      free: fc.option(fc.constantFrom('5', '60')),
      fee: fc.option(price, { freq: 4 }),
      cap: fc.option(fc.constantFrom('100', '5500')),
      where: fc.option(fc.constantFrom('near', 'far'), { freq: 3 }),
      each: fc.nat(9).map((one) => eachUses[one]),
    })
    .map((of) =>
      usage({
        id: meter.slice(0, meter.indexOf('.')),
        meter,
        price: of.price,
        unit: { size: of.size, rounding: of.rounding[0], per: of.rounding[1] },
        ...(of.each === undefined ? {} : { eachUse: of.each }),
        ...(of.free === null ? {} : { freePerEvent: of.free }),
        ...(of.fee === null ? {} : { connectFee: of.fee }),
        ...(of.cap === null ? {} : { bounds: { cap: of.cap } }),
        ...(of.where === null
          ? {}
          : { where: { all: [{ fact: 'usage.destination', operator: 'equal' as const, value: of.where }] } }),
      }),
    );

const allowanceOn = (meter: string): Arbitrary<readonly Allowance[]> =>
  fc.option(fc.constantFrom('60', '1000')).map((amount) =>
    amount === null
      ? []
      : [
          {
            id: `free-${meter.slice(0, 4)}`,
            name: { ja: '無料', en: 'Free' },
            meter,
            amount,
            granted: 'monthly',
            sharedBy: 'product',
            partMonth: 'whole',
          },
        ],
  );

/** One charge a meter; or one for calls nearby and one for far ones, as most plans have them. */
const chargesOn = (meter: string): Arbitrary<readonly UsageCharge[]> =>
  fc.oneof(
    chargeOn(meter).map((charge) => [charge]),
    fc.tuple(chargeOn(meter), chargeOn(meter)).map(([near, far]) =>
      [near, far].map((charge, index) => ({
        ...charge,
        id: `${charge.id}-${index === 0 ? 'near' : 'far'}`,
        where: {
          all: [{ fact: 'usage.destination', operator: 'equal' as const, value: index === 0 ? 'near' : 'far' }],
        },
      })),
    ),
  );

const tariff: Arbitrary<readonly RatePlanRuleset[]> = fc.array(
  fc.tuple(...meters.flatMap((meter) => [fc.tuple(chargesOn(meter), allowanceOn(meter))])).map((of) => {
    const allowances = of.flatMap(([, own]) => own);
    const charges = of.flatMap(([some]) => [...some]);
    return plan(charges, { body: { charges, ...(allowances.length > 0 ? { allowances } : {}) } });
  }),
  { minLength: 2, maxLength: 2 },
);

const PRODUCTS = 4;
const uses: Arbitrary<readonly Usage[]> = fc
  .array(
    fc.record({
      product: fc.integer({ min: 1, max: PRODUCTS }).map((number) => `P-${String(number)}`),
      meter: fc.constantFrom(...meters),
      startedAt: fc
        .tuple(fc.integer({ min: 10, max: 30 }), fc.constantFrom('07', '08', '19', '20'))
        .map(([day, hour]) => `2026-04-${String(day)}T${hour}:00:00`),
      quantity: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.constantFrom(30, 128, 200_000)).map(String),
      attributes: fc.constantFrom({ destination: 'near' }, { destination: 'far' }, {}),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((of) => of.map((each, index) => ({ ...each, id: `U-${String(index).padStart(3, '0')}` }) as Usage));

const named = (plans: readonly RatePlanRuleset[]): readonly RatePlanRuleset[] =>
  plans.map((each, index) => ({ ...each, id: `plan-${String(index)}` }));

const planOf = (name: string): string => `plan-${String(Number(name.slice(2)) % 2)}`;

/** The exact amount of each charge of each product, as the bill has it, with the cap put on by hand. */
function byBill(plans: readonly RatePlanRuleset[], of: readonly Usage[]): Map<string, Exact> {
  const products = Array.from({ length: PRODUCTS }, (_, index) => `P-${String(index + 1)}`);
  const document = account(
    '2026-04',
    products.map((id) => product({ id, offering: planOf(id) })),
    { usage: [...of] },
  );
  const offerings = plans.map(({ id }) => offering({}, id));
  const { lines } = bill(document, releaseOf([...plans, ...offerings])).bills[0]!;
  const sums = new Map<string, Exact>();
  for (const line of lines) {
    if (line.phase !== 'listCharges') continue;
    const key = `${line.product ?? ''} ${line.charge}`;
    sums.set(key, plus(sums.get(key) ?? ZERO, fractionOf(line.exact)));
  }
  for (const [key, sum] of sums) {
    const [id = '', charge] = key.split(' ');
    const rule = plans.find((each) => each.id === planOf(id))!.body.charges.find((each) => each.id === charge);
    const cap = rule?.type === 'usage' ? rule.bounds?.cap : undefined;
    if (cap !== undefined) sums.set(key, least(exact(cap), sum));
  }
  return sums;
}

function byUse(
  rated: Rated,
  columns: UsageColumns,
  plans: readonly RatePlanRuleset[],
  of: readonly Usage[],
): Map<string, Exact> {
  const key = (use: Usage): string => `${use.product} ${use.startedAt} ${use.id}`;
  const ordered = [...of].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const sums = new Map<string, Exact>();
  for (let index = 0; index < columns.count; index += 1) {
    const use = ordered[index]!;
    const charge = chargeOf(plans, use);
    const scaled = times({ n: BigInt(rated.amounts[index]!), d: 1n }, { n: 1n, d: 10n ** BigInt(rated.places) });
    const sum = `${use.product} ${charge}`;
    sums.set(sum, plus(sums.get(sum) ?? ZERO, rated.exactly.get(index) ?? scaled));
  }
  return sums;
}

const readable = (sums: ReadonlyMap<string, Exact>): Record<string, string> =>
  Object.fromEntries([...sums].filter(([, sum]) => sum.n !== 0n).map(([key, sum]) => [key, toText(sum)]));

describe('the amounts of a month’s uses', () => {
  it(
    `add up to the bill, by fractions and by code (${numRuns} tariffs × ${PRODUCTS} products)`,
    () => {
      const went = { scaled: 0, exact: 0 };
      fc.assert(
        fc.property(tariff, uses, (some, of) => {
          const plans = named(some);
          const columns = columnsOf(of.map((use) => ({ use, plan: planOf(use.product) })));
          if ('notWhole' in columns) throw new Error('quantities are whole');
          const byId = new Map(plans.map((each) => [each.id, each]));
          const code = rateColumns(ratingOf(byId, columns, evaluateSource), columns);
          const fractions = rateColumns(ratingOf(byId, columns), columns);
          expect(fractions.scaledUses).toBe(0);
          const expected = readable(byBillOfUsed(byBill(plans, of), plans, of));
          expect(readable(byUse(code, columns, plans, of))).toEqual(expected);
          expect(readable(byUse(fractions, columns, plans, of))).toEqual(expected);
          expect(toText(code.total)).toBe(toText(fractions.total));
          went.scaled += code.scaledUses;
          went.exact += code.exactUses;
        }),
        { numRuns },
      );
      // Both ways must have been gone.
      if (!isReplay) expect(Math.min(went.scaled, went.exact)).toBeGreaterThan(numRuns);
    },
    numRuns * 40,
  );
});

/** What is owed without use is no use's amount: charges of which nothing was used are left aside. */
function byBillOfUsed(
  sums: Map<string, Exact>,
  plans: readonly RatePlanRuleset[],
  of: readonly Usage[],
): Map<string, Exact> {
  const used = new Set(of.map((use) => `${use.product} ${chargeOf(plans, use)}`));
  return new Map([...sums].filter(([key]) => used.has(key)));
}

/** The charge that a use falls under; no two of these tariffs do. */
const chargeOf = (plans: readonly RatePlanRuleset[], use: Usage): string =>
  plans
    .find(({ id }) => id === planOf(use.product))!
    .body.charges.find((charge) => charge.type === 'usage' && charge.meter === use.meter && asksFor(charge, use))?.id ??
  'none';

const asksFor = ({ where }: UsageCharge, use: Usage): boolean =>
  where === undefined ||
  compileCondition(where)((id) => (id === 'usage.destination' ? (use.attributes?.['destination'] ?? null) : null));
