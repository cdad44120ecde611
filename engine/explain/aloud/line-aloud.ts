/**
 * What does a person say who reads a line of a bill to a customer? What it is, for which days, and how it came to its amount, in
 * whole sentences without signs or codes. The formula (`why`) stays beside it, for who checks it.
 * Also called: read-aloud explanation, call-centre script, 読み上げ文, 電話応対, 明細の説明.
 */
import { addDays, daysBetween } from '#engine/calendar/civil-date.ts';
import type { SaidValue } from '#engine/explain/said.ts';
import { compare, exact, fractionOf, isNegative, isZero, minus, negated } from '#engine/money/exact.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Bill, BillLine, Localized, TraceNode } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { aloud, dayAloud, moneyAloud, monthAloud, nameAloud, numberAloud, periodAloud } from './said-aloud.ts';
import { boundAloud, chargeBehind, eachAloud, justUnits, oneOr, unitsAloud, unitsOf } from './units-aloud.ts';
import { tiersAloud, usageBefore, usageAfter } from './usage-aloud.ts';

/** What the sentences stand on. */
export interface Spoken {
  readonly bill: Bill;
  readonly release: Release;
  /** What a product is called: left out, it is not named. */
  readonly called?: (product: string) => Localized | undefined;
  /** The steps of the line, from a trace: with them it is said what was used, and what of it was free. */
  readonly steps?: readonly TraceNode[];
}

/** How a value of `why` is spoken; the others only choose words. */
type Way = 'money' | 'number' | 'day' | 'month' | 'units' | 'bound' | 'packages';

/** The values that are spoken, by the sentence of the line. */
const ways: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  'recurring.whole': { price: 'money', quantity: 'number' },
  'recurring.byDay': { price: 'money', quantity: 'number', of: 'number' },
  'recurring.dailyRate': { price: 'money', quantity: 'number', of: 'number' },
  'suspension.whole': { price: 'money', quantity: 'number' },
  'suspension.byDay': { price: 'money', quantity: 'number', of: 'number' },
  'month.rest': { month: 'money', rest: 'money', of: 'number' },
  'oneTime.start': { price: 'money', on: 'day' },
  'oneTime.end': { price: 'money', on: 'day' },
  'instalment.part': { total: 'money' },
  'instalment.balance': { total: 'money' },
  'cyclic.whole': { price: 'money', quantity: 'number' },
  'cyclic.part': { price: 'money', quantity: 'number' },
  'cyclic.refund': { price: 'money' },
  'cyclic.credit': { paid: 'money' },
  'cyclic.difference': { paid: 'money', price: 'money' },
  'cyclic.bought': { paid: 'money', price: 'money' },
  'quantity.byDay': { quantity: 'units', month: 'money', of: 'number' },
  'quantity.agreed': { quantity: 'units', price: 'money' },
  statutory: { month: 'month', amount: 'money', quantity: 'number' },
  passThrough: { supplier: 'money', markup: 'number' },
  'usage.perUnit': { units: 'units', unitPrice: 'money' },
  'usage.volume': { units: 'units', unitPrice: 'money', above: 'bound', upTo: 'bound', flat: 'money' },
  'usage.graduated': { units: 'units' },
  'usage.doubleFlat.floor': { units: 'units', unitPrice: 'money', linear: 'money', floor: 'money' },
  'usage.doubleFlat.linear': { units: 'units', unitPrice: 'money', floor: 'money', ceiling: 'money' },
  'usage.doubleFlat.ceiling': { units: 'units', unitPrice: 'money', linear: 'money', ceiling: 'money' },
  'usage.package': { units: 'units', size: 'bound', packages: 'packages', price: 'money' },
  'usage.steppedFlat': { units: 'units', upTo: 'bound', price: 'money' },
  'usage.percentage': { units: 'money', percent: 'number' },
  'usage.eachUse': { price: 'money', minimum: 'money', maximum: 'money', step: 'money' },
  'usage.eachUse.percent': { price: 'number', minimum: 'money', maximum: 'money', step: 'money' },
  'usage.notDue': {},
  'usage.matrix': { units: 'units', unitPrice: 'money' },
  'usage.bestOf': { smallest: 'units', unitPrice: 'money', amount: 'money', own: 'money' },
  'discount.percentOff': { percent: 'number' },
  'discount.amountOff': { amount: 'money' },
  'discount.amountOff.byDay': { amount: 'money', of: 'number' },
  'discount.fixedPrice': { price: 'money' },
  'discount.free': {},
  'discount.allIn': { price: 'money' },
  'bound.minimum': { limit: 'money', before: 'money' },
  'bound.cap': { limit: 'money', before: 'money' },
  'penalty.fixed': { lastDay: 'day' },
  'penalty.oneMonthsCharge': { lastDay: 'day' },
  'penalty.perRemainingMonth': { lastDay: 'day', each: 'money' },
  'penalty.repayDiscount': { lastDay: 'day', each: 'money' },
  'penalty.capped': { lastDay: 'day', before: 'money', cap: 'money' },
  'penalty.table': { lastDay: 'day' },
  'penalty.remainder': { total: 'money' },
  'clawback.all': { base: 'money' },
  'clawback.proportion': { base: 'money' },
  adjustment: { on: 'day' },
  correction: { month: 'month', before: 'money', after: 'money' },
  roundingAdjustment: { lines: 'money', bill: 'money' },
  lateInterest: { dueOn: 'day', amount: 'money', percent: 'number' },
};

/** The line in two or three sentences. */
export function lineAloud(line: BillLine, spoken: Spoken): Said {
  return aloud('line', {
    what: whatItIs(line, spoken),
    before: usageBefore(line, spoken),
    how: howItCame(line, spoken),
    after: usageAfter(line, spoken),
  });
}

/** The year that need not be said: that of the bill. */
const yearOf = ({ period }: Bill): string => addDays(period.end, -1).slice(0, 4);

function whatItIs(line: BillLine, { bill, called }: Spoken): Said {
  const target = bill.lines.find(({ id }) => id === line.target);
  const known = line.product === null ? undefined : called?.(line.product);
  // 'Internet, basic fee' says itself what it is of.
  const product = known !== undefined && (target ?? line).name.ja.startsWith(known.ja) ? undefined : known;
  const isTimed = target === undefined && !untimed.has(line.why.code);
  return aloud(whatCode(line, target), {
    name: nameAloud(line.name),
    of: target === undefined ? 'none' : nameAloud(target.name),
    product: product === undefined ? 'none' : aloud('ofProduct', { product: nameAloud(product) }),
    period: isTimed ? periodAloud(line.servicePeriod, yearOf(bill)) : 'none',
  });
}

function whatCode({ ruleset, why }: BillLine, target: BillLine | undefined): string {
  const isOfAccount = ruleset.startsWith('billingCycle/');
  switch (why.code) {
    case 'line.bound.minimum':
      return isOfAccount ? 'what.accountMinimum' : 'what.minimum';
    case 'line.bound.cap':
      return isOfAccount ? 'what.accountCap' : 'what.cap';
    case 'line.roundingAdjustment':
      return 'what.rounding';
    case 'line.correction':
      return 'what.correction';
    default:
      return target === undefined ? 'what' : 'what.off';
  }
}

/** Their sentence names the day or the month itself. */
const untimed: ReadonlySet<string> = new Set([
  ...['line.oneTime.start', 'line.oneTime.end', 'line.adjustment', 'line.correction', 'line.roundingAdjustment'],
  ...[
    'line.lateInterest',
    'line.instalment.balance',
    'line.statutory',
    'line.clawback.all',
    'line.clawback.proportion',
  ],
  ...['fixed', 'oneMonthsCharge', 'perRemainingMonth', 'repayDiscount', 'capped', 'table', 'remainder'].map(
    (model) => `line.penalty.${model}`,
  ),
]);

function howItCame(line: BillLine, spoken: Spoken): Said {
  const { bill, release } = spoken;
  const [, of = '', sort = '', ...effect] = line.why.code.split('.');
  const isGranted = of === 'discount' && effect.length > 0;
  const code = isGranted ? `discount.${effect.join('.')}` : line.why.code.slice('line.'.length);
  const charge = chargeBehind(line, release);
  const units = charge?.type === 'usage' || charge?.type === 'quantity' ? unitsOf(charge, line.row) : undefined;
  const speak = (way: Way | undefined, text: string): SaidValue => {
    // What stands for 'no bound' and the like only chooses words.
    if (way === undefined || text === 'none') return text;
    switch (way) {
      case 'money':
        return moneyAloud(text, bill.currency);
      case 'number':
        return numberAloud(text);
      case 'day':
        return dayAloud(text, yearOf(bill));
      case 'month':
        return monthAloud(text, yearOf(bill));
      case 'units':
        return unitsAloud(text, units ?? justUnits);
      case 'packages':
        return aloud(oneOr('package', text), { count: numberAloud(text) });
      case 'bound':
        return boundAloud(text, units ?? justUnits);
    }
  };
  const { values } = line.why;
  const words = Object.entries(values).map(([name, text]) => [name, speak(ways[code]?.[name], text)] as const);
  return aloud(isFreeOfUse(code, values) ? 'usage.nothing' : code, {
    ...Object.fromEntries(words),
    ...choices(line, code),
    cut: isPart(line, bill) ? 'yes' : 'no',
    ...(units !== undefined && { each: eachAloud(units) }),
    ...(charge !== undefined && code === 'usage.graduated' && bandsAloud(tiersAloud(line, charge, bill.currency))),
    ...(isGranted && { because: because(sort, values) }),
    base: moneyAloud(line.base, bill.currency),
    result: resultAloud(line, bill.currency),
  });
}

/** Less than the month that is billed. */
const isPart = ({ servicePeriod: { start, end } }: BillLine, { period }: Bill): boolean =>
  daysBetween(start, end) < daysBetween(period.start, period.end) && start >= period.start;

const bandsAloud = (tiers: readonly Said[]) => ({ tiers, single: tiers.length === 1 ? 'yes' : 'no' });

/** No units, and a price that asks for none then. */
const isFreeOfUse = (code: string, { units }: Readonly<Record<string, string>>): boolean =>
  units === '0' && /^usage\.(perUnit|volume|graduated|matrix|package|percentage)$/.test(code);

/** What only chooses words: one or many, an agreement or none, all of an amount or a share of it. */
function choices({ why, amount, base }: BillLine, code: string): Record<string, string> {
  const { quantity, agreement, limit, flat, markup, uses } = why.values;
  const all = code === 'discount.amountOff' ? exact(why.values['amount'] ?? '0') : isLimit(limit, base);
  const price = why.values['price'] ?? why.values['amount'] ?? base;
  return {
    same: compare(unsigned(exact(price)), unsigned(exact(amount))) === 0 ? 'yes' : 'no',
    ...(quantity !== undefined && { many: quantity === '1' ? 'one' : 'many' }),
    ...(agreement !== undefined && { agreed: agreement === 'none' ? 'no' : 'yes' }),
    ...(markup !== undefined && { isMarked: markup === '0' ? 'no' : 'yes' }),
    ...(uses !== undefined && { one: uses === '1' ? 'one' : 'many' }),
    ...(flat !== undefined && { hasFlat: flat === '0' ? 'no' : 'yes' }),
    ...(all !== undefined && { share: compare(unsigned(all), unsigned(exact(amount))) > 0 ? 'part' : 'all' }),
  };
}

const isLimit = (limit: string | undefined, base: string) =>
  limit === undefined ? undefined : minus(exact(base), exact(limit));

const unsigned = (amount: ReturnType<typeof exact>) => (isNegative(amount) ? negated(amount) : amount);

/** Why there is a discount: the contract year, the set, the month of a campaign. */
function because(sort: string, { year, month = 'none', months = 'none' }: Readonly<Record<string, string>>): Said {
  if (sort === 'tenure') return aloud('because.tenure', { year: year ?? '1' });
  if (sort === 'bundle') return aloud('because.bundle');
  return aloud('because.campaign', { month, months });
}

/** 「2,800 円になります」「2,786.67 円の端数を切り捨てて 2,786 円になります」「2,400 円の差し引きになります」 */
function resultAloud({ exact: worked, amount }: BillLine, currency: string): Said {
  const [precise, paid] = [unsigned(fractionOf(worked)), unsigned(exact(amount))];
  const order = compare(paid, precise);
  return aloud('result', {
    worked: moneyAloud(worked.replace('-', ''), currency),
    amount: moneyAloud(amount.replace('-', ''), currency),
    rounded: order === 0 ? 'no' : order < 0 ? 'down' : 'up',
    sign: isNegative(exact(amount)) || (isZero(paid) && isNegative(fractionOf(worked))) ? 'minus' : 'plus',
  });
}
