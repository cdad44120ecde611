/** What is an author told of figures that make no sense? */
import { recurring, tableOf, tiersOf, untyped, usage, when, type Case } from './provoke.ts';

export const partMonths: readonly Case[] = [
  when(
    'a suspension fee that is not named',
    'suspension-fee-missing',
    '/body/charges/1/whileSuspended',
    {},
    (set) => (recurring(set).whileSuspended = 'fee'),
  ),
  when(
    'a suspension fee that is never charged',
    'setting-without-effect',
    '/body/charges/1/suspensionFee',
    { setting: 'suspensionFee', needs: 'whileSuspended: fee' },
    (set) => {
      recurring(set).suspensionFee = { name: { ja: '休止料', en: 'Pause' }, price: '500' };
    },
  ),
  when(
    'an end of what is charged in full anyway',
    'setting-without-effect',
    '/body/charges/1/longestSuspensionMonths',
    { setting: 'longestSuspensionMonths', needs: 'whileSuspended: free, fee' },
    (set) => (recurring(set).longestSuspensionMonths = 6),
  ),
  ...(
    [
      [{ dailyRounding: { mode: 'halfUp' } }, 'dailyRounding', 'arithmetic: dailyRateFirst'],
      [{ firstBill: 'withNext', start: 'free' }, 'firstBill', 'start: byDay, full'],
      [{ firstDay: 'notCounted', start: 'full' }, 'firstDay', 'start: byDay'],
      [{ lastDay: 'notCounted' }, 'lastDay', 'end: byDay'],
      [{ dayOfChange: 'old', change: 'full' }, 'dayOfChange', 'change: byDay'],
    ] as const
  ).map(([more, setting, needs]) =>
    when(
      `${setting} without what it needs`,
      'setting-without-effect',
      `/body/charges/1/proration/${setting}`,
      { setting, needs },
      (set) => void Object.assign(recurring(set).proration, more),
    ),
  ),
];

export const prices: readonly Case[] = [
  when(
    'yen in steps of a sen',
    'rounding-step-not-payable',
    '/body/line/step',
    { step: '0.01', currency: 'JPY' },
    ({ rounding }) => (rounding.body.line.step = '0.01'),
  ),
  when(
    'tiers out of order',
    'tier-not-rising',
    '/body/charges/5/price/tiers/1/upTo',
    { upTo: '100', previous: '100' },
    (set) => tiersOf(set).splice(1, 0, { upTo: '100', unitPrice: '1' }),
  ),
  when(
    'a tier after the open one',
    'tier-unreachable',
    '/body/charges/5/price/tiers/2',
    { tier: '3', earlier: '2' },
    (set) => tiersOf(set).push({ upTo: '200', unitPrice: '1' }),
  ),
  when('no open tier', 'last-tier-bounded', '/body/charges/5/price/tiers/0/upTo', { upTo: '100' }, (set) =>
    tiersOf(set).pop(),
  ),
  when(
    'whole units that cost less when there is one more',
    'price-inversion',
    '/body/charges/3/price/tiers/1',
    { counted: 'up', quantity: '20', amount: '200', more: '21', moreAmount: '168' },
    (set) => {
      usage(set, 3).price = {
        model: 'volume',
        tiers: [
          { upTo: '20.5', unitPrice: '10' },
          { upTo: null, unitPrice: '8' },
        ],
      };
    },
  ),
  when(
    'parts of units that cost less when there is a little more',
    'price-inversion',
    '/body/charges/4/price/tiers/1',
    { counted: 'exact', quantity: '20', amount: '200', more: '20', moreAmount: '160' },
    (set) => {
      usage(set, 4).price = {
        model: 'volume',
        tiers: [
          { upTo: '20', unitPrice: '10' },
          { upTo: null, unitPrice: '8' },
        ],
      };
    },
  ),
  when(
    'a floor above the ceiling',
    'floor-above-ceiling',
    '/body/charges/4/price',
    { floor: '5000', ceiling: '4410' },
    (set) => (untyped(usage(set, 4).price)['floor'] = '5000'),
  ),
  when(
    'the least of a use above the most',
    'minimum-above-cap',
    '/body/charges/2/eachUse',
    { minimum: '50', cap: '20' },
    (set) => (usage(set, 2).eachUse = { minimum: '50', maximum: '20' }),
  ),
  when(
    'uses priced by themselves that are counted over the month',
    'setting-without-effect',
    '/body/charges/2/eachUse',
    { setting: 'eachUse', needs: 'unit.per: event' },
    (set) =>
      Object.assign(usage(set, 2), { eachUse: { maximum: '20' }, unit: { size: '1', rounding: 'up', per: 'period' } }),
  ),
  when(
    'uses priced by themselves by bands of the month',
    'setting-without-effect',
    '/body/charges/5/eachUse',
    { setting: 'eachUse', needs: 'price.model: perUnit, percentage, matrix' },
    (set) =>
      Object.assign(usage(set, 5), { eachUse: { maximum: '20' }, unit: { size: '1', rounding: 'up', per: 'event' } }),
  ),
  when(
    'the first band due without use, which has no flat part',
    'setting-without-effect',
    '/body/charges/5/price/withoutUse',
    { setting: 'withoutUse', needs: 'tiers/0/flat' },
    (set) => (untyped(usage(set, 5).price)['withoutUse'] = 'due'),
  ),
  when(
    'a minimum above the cap of a line',
    'minimum-above-cap',
    '/body/charges/1/bounds',
    { minimum: '500', cap: '499' },
    (set) => (recurring(set).bounds = { minimum: '500', cap: '499' }),
  ),
  when(
    'a minimum above the cap of the account',
    'minimum-above-cap',
    '/body/bounds',
    { minimum: '50001', cap: '50000' },
    ({ billingCycle }) => (untyped(billingCycle.body.bounds)['minimum'] = '50001'),
  ),
  when(
    'closing days of their own in a cycle that closes before them',
    'own-closing-not-at-month-end',
    '/body/closingDay',
    { day: '20' },
    ({ billingCycle }) => Object.assign(billingCycle.body, { closing: 'own', closingDay: 20 }),
  ),
  when(
    'a bound without an amount',
    'bound-without-amount',
    '/body/bounds/0',
    {},
    ({ ratePlan }) => delete ratePlan.body.bounds?.[0]?.cap,
  ),
  when(
    'steps without an open one',
    'last-tier-bounded',
    '/body/charges/7/price/steps/0/upTo',
    { upTo: '10' },
    ({ ratePlan }) => {
      untyped(untyped(ratePlan.body.charges[7])['price'])['steps'] = [{ upTo: '10', price: '1' }];
    },
  ),
  when(
    'a penalty whose months do not rise',
    'tier-not-rising',
    '/body/fee/rows/1/beforeMonth',
    { upTo: '6', previous: '12' },
    ({ penalty }) => {
      const rows = [12, 6, null].map((beforeMonth) => ({ beforeMonth, amount: '1000' }));
      penalty.body.fee = { model: 'table', rows };
    },
  ),
];

export const tax: readonly Case[] = [
  when(
    'a month without a rate',
    'tax-rate-gap',
    '/body/rates/1/from',
    { category: 'standard', from: '2019-10-01', to: '2019-11-01' },
    (set) => (untyped(set.tax.body.rates[1])['from'] = '2019-11-01'),
  ),
  when(
    'two rates on one day',
    'tax-rate-overlap',
    '/body/rates/1/from',
    { category: 'standard', from: '2019-09-30' },
    (set) => (untyped(set.tax.body.rates[1])['from'] = '2019-09-30'),
  ),
  when(
    'percent for a rate',
    'tax-rate-above-whole',
    '/body/rates/1/rate',
    { rate: '10' },
    (set) => (untyped(set.tax.body.rates[1])['rate'] = '10'),
  ),
  when(
    'a category without a rate',
    'tax-category-without-rate',
    '/body/rates',
    { category: 'reduced', from: '2026-04-01' },
    (set) => {
      set.tax.body.rates.pop();
      usage(set, 2).taxCategory = 'reduced';
    },
  ),
  when(
    'a last rate that ends',
    'tax-category-without-rate',
    '/body/rates',
    { category: 'standard', from: '2030-04-01' },
    (set) => {
      untyped(set.tax.body.rates[1])['to'] = '2030-04-01';
    },
  ),
];

export const tables: readonly Case[] = [
  when(
    'numbers called, in a range',
    'operator-not-for-fact',
    '/body/charges/6/price/columns/0/match',
    { operator: 'range', fact: 'usage.number', type: 'text', allowed: 'equal, prefix' },
    (set) => {
      tableOf(set).columns[0] = { fact: 'usage.number', match: 'range' };
      tableOf(set).rows[0]!.when[0] = { from: '0', to: '81' };
    },
  ),
  when(
    'a row for a way of ordering that there is not',
    'value-not-allowed',
    '/body/charges/6/price/rows/0/when/0',
    { value: 'renewal', allowed: 'new, serviceChange, planChange, simultaneous' },
    (set) => {
      tableOf(set).columns[0] = { fact: 'product.event', match: 'equal' };
      tableOf(set).rows[0]!.when[0] = 'renewal';
    },
  ),
  when(
    'a column of a fact that does not exist',
    'unknown-fact',
    '/body/charges/6/price/columns/0/fact',
    { fact: 'usage.colour' },
    (set) => {
      untyped(tableOf(set).columns[0])['fact'] = 'usage.colour';
    },
  ),
  when(
    'a quantity priced by usage',
    'fact-out-of-place',
    '/body/charges/7/price/columns/0/fact',
    { fact: 'usage.hour' },
    (set) => {
      const columns = [{ fact: 'usage.hour', match: 'range' }];
      untyped(set.ratePlan.body.charges[7])['price'] = {
        ...tableOf(set),
        columns,
        rows: [{ id: 'all', when: [null], unitPrice: '1' }],
      };
    },
  ),
  when(
    'two rows of one name',
    'duplicate-id',
    '/body/charges/6/price/rows/1/id',
    { id: 'night', first: '/body/charges/6/price/rows/0/id' },
    (set) => {
      untyped(tableOf(set).rows[1])['id'] = 'night';
    },
  ),
  when(
    'a row that lacks a cell',
    'too-few-entries',
    '/body/charges/6/price/rows/1/when',
    { count: '1', minimum: '2' },
    (set) => {
      tableOf(set).rows[1]?.when.pop();
    },
  ),
  when(
    'a row with a cell too many',
    'too-many-entries',
    '/body/charges/6/price/rows/1/when',
    { count: '3', limit: '2' },
    (set) => {
      tableOf(set).rows[1]?.when.push(null);
    },
  ),
  when(
    'text where a range is asked for',
    'value-not-for-operator',
    '/body/charges/6/price/rows/0/when/1',
    { operator: 'range', expected: 'decimalRange' },
    (set) => {
      untyped(tableOf(set).rows[0]?.when)['1'] = '8';
    },
  ),
  when(
    'a range where a prefix is asked for',
    'value-not-for-operator',
    '/body/charges/6/price/rows/0/when/0',
    { operator: 'prefix', expected: 'text' },
    (set) => {
      untyped(tableOf(set).rows[0]?.when)['0'] = { from: '0', to: '1' };
    },
  ),
  when(
    'hours that end before they begin',
    'range-reversed',
    '/body/charges/6/price/rows/0/when/1',
    { from: '8', to: '8' },
    (set) => {
      untyped(tableOf(set).rows[0]?.when)['1'] = { from: '8', to: '8' };
    },
  ),
  when(
    'an hour that is no number',
    'not-a-decimal',
    '/body/charges/6/price/rows/0/when/1/to',
    { value: 'eight' },
    (set) => {
      untyped(tableOf(set).rows[0]?.when)['1'] = { from: null, to: 'eight' };
    },
  ),
];

export const fees: readonly Case[] = [
  when(
    'a month without an amount',
    'fee-rate-gap',
    '/body/rates/1/from',
    { from: '2026-10', to: '2026-11' },
    ({ statutoryFee }) => {
      untyped(statutoryFee.body.rates[1])['from'] = '2026-11';
    },
  ),
  when('two amounts in a month', 'fee-rate-overlap', '/body/rates/1/from', { from: '2026-09' }, ({ statutoryFee }) => {
    untyped(statutoryFee.body.rates[1])['from'] = '2026-09';
  }),
];
