/**
 * How is a charge of a rate plan said, in a few sentences that a customer could be told?
 * Also called: charge description, 料金項目の読み方.
 */
import { saidCondition } from '#engine/explain/said-condition.ts';
import {
  saidChoice,
  saidDay,
  saidMoney,
  saidName,
  saidNumber,
  saidPercent,
  type Naming,
} from '#engine/explain/said.ts';
import type {
  Allowance,
  Charge,
  Condition,
  EachUse,
  LineBounds,
  ProductBound,
  Proration,
  QuantityCharge,
  RecurringCharge,
  Rounding,
} from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { given, say } from './page.ts';
import { priceSentences } from './price-sentences.ts';

export function chargeSentences(charge: Charge, naming: Naming): Said[] {
  const { taxCategory, taxIncluded = false } = charge;
  const tax = say('tax', { category: saidChoice('TaxCategory', taxCategory), included: String(taxIncluded) });
  return [
    ...own(charge, naming),
    ...('bounds' in charge ? given(charge.bounds, (bounds) => boundsSentences(bounds, naming)) : []),
    tax,
    ...given(charge.rounding, roundingSentences),
  ];
}

function own(charge: Charge, naming: Naming): Said[] {
  const money = (amount: string): Said => saidMoney(amount, naming);
  switch (charge.type) {
    case 'oneTime':
      return [say(`oneTime.${charge.on}`, { price: money(charge.price) })];
    case 'recurring':
      return [
        say('recurring', { price: money(charge.price), perUnit: String(charge.perUnit ?? false) }),
        ...prorationSentences(charge.proration),
        ...suspensionSentences(charge, naming),
      ];
    case 'usage':
      return [
        say('usage', { meter: saidMeter(charge.meter), where: which(charge.where, naming) }),
        say('unit', { size: saidNumber(charge.unit.size), rounding: charge.unit.rounding, per: charge.unit.per }),
        ...given(charge.freePerEvent, (free) => [say('freePerEvent', { free: saidNumber(free) })]),
        ...given(charge.aggregate, (aggregate) => (aggregate === 'sum' ? [] : [say(`aggregate.${aggregate}`)])),
        ...priceSentences(charge.price, naming),
        ...given(charge.eachUse, (eachUse) => [eachUseSentence(eachUse, naming)]),
        ...given(charge.connectFee, (fee) => [say('connectFee', { fee: money(fee) })]),
      ];
    case 'instalment':
      return [
        say('instalment', { total: money(charge.total), parts: String(charge.parts), residue: charge.residue }),
        say(`instalment.${charge.onEnd}`),
      ];
    case 'cyclic':
      return [
        say('cyclic', {
          count: String(charge.every.count),
          unit: charge.every.unit,
          price: money(charge.price),
          perUnit: String(charge.perUnit ?? false),
          timing: charge.timing,
        }),
        ...given(charge.anchor, (anchor) => [say('cyclic.anchor', { anchor: saidDay(anchor) })]),
        ...given(charge.times, (times) => [say('cyclic.times', { times: String(times) })]),
        ...given(charge.first, (first) => (first === 'atStart' ? [] : [say(`cyclic.${first}`)])),
        say(`cyclic.onEnd.${charge.onEnd}`),
        ...given(charge.onChange, (onChange) => [say(`cyclic.onChange.${onChange}`)]),
        say(`suspended.${charge.whileSuspended ?? 'charge'}`),
      ];
    case 'quantity':
      return [
        say('quantity'),
        ...priceSentences(charge.price, naming),
        ...prorationSentences(charge.proration),
        ...(charge.whileSuspended === undefined ? [] : suspensionSentences(charge, naming)),
      ];
    case 'passThrough':
      return [
        say('passThrough', {
          meter: saidMeter(charge.meter),
          where: which(charge.where, naming),
          markup: charge.markupPercent === undefined ? 'none' : saidPercent(charge.markupPercent),
        }),
      ];
    case 'statutory':
      return [say('statutory', { fee: saidName('statutoryFee', charge.fee, naming) })];
  }
}

function eachUseSentence({ minimum, maximum, rounding }: EachUse, naming: Naming): Said {
  return say('eachUse', {
    minimum: minimum === undefined ? 'none' : saidMoney(minimum, naming),
    maximum: maximum === undefined ? 'none' : saidMoney(maximum, naming),
    both: String(minimum !== undefined && maximum !== undefined),
    limited: String(minimum !== undefined || maximum !== undefined),
    step: rounding === undefined ? 'none' : saidNumber(rounding.step),
    mode: rounding === undefined ? 'none' : saidChoice('RoundingMode', rounding.mode),
  });
}

/** By its words, where it has some. */
const saidMeter = (meter: string): Said => ({ code: `screen.meter.${meter}`, plain: meter });

const which = (where: Condition | undefined, naming: Naming) =>
  where === undefined ? 'all' : saidCondition(where, naming);

function prorationSentences(proration: Proration): Said[] {
  const { start, end, change, dayCount = 'calendar', arithmetic = 'multiplyFirst' } = proration;
  return [
    say('proration', {
      start: saidChoice('start', start),
      end: saidChoice('end', end),
      change: saidChoice('change', change),
      dayCount,
      arithmetic,
    }),
    ...given(proration.dailyRounding, ({ mode, step }) => [
      say('proration.dailyRounding', {
        mode: saidChoice('RoundingMode', mode),
        step: step === undefined ? 'none' : saidNumber(step),
      }),
    ]),
    ...given(proration.freeDays, (days) => [say('proration.freeDays', { days: String(days) })]),
    ...(proration.firstBill === 'withNext' ? [say('proration.withNext')] : []),
    ...(proration.firstDay === 'notCounted' ? [say('proration.firstDay')] : []),
    ...(proration.lastDay === 'notCounted' ? [say('proration.lastDay')] : []),
    ...(proration.dayOfChange === 'old' ? [say('proration.oldDay')] : []),
    ...(proration.move === 'full' ? [say('proration.moveFull')] : []),
  ];
}

function suspensionSentences(charge: RecurringCharge | QuantityCharge, naming: Naming): Said[] {
  const { whileSuspended = 'charge', suspensionFee: fee, longestSuspensionMonths } = charge;
  return [
    whileSuspended === 'fee' && fee !== undefined
      ? say('suspended.fee', { name: fee.name, price: saidMoney(fee.price, naming) })
      : say(`suspended.${whileSuspended}`),
    ...given(longestSuspensionMonths, (months) => [say('suspended.longest', { months: String(months) })]),
  ];
}

export function boundsSentences(
  bounds: Omit<LineBounds & Partial<ProductBound>, 'id' | 'name'>,
  naming: Naming,
): Said[] {
  const { minimum, cap, judgedOn = 'list', prorated = false, charges } = bounds;
  return [
    say('bounds', {
      charges: charges === undefined ? 'none' : charges.map((id) => saidName('charge', id, naming)),
      minimum: minimum === undefined ? 'none' : saidMoney(minimum, naming),
      cap: cap === undefined ? 'none' : saidMoney(cap, naming),
      judgedOn,
      prorated: String(prorated),
    }),
  ];
}

export const roundingSentences = ({ mode, step }: Rounding): Said[] => [
  say('rounding', { mode: saidChoice('RoundingMode', mode), step: step === undefined ? 'none' : saidNumber(step) }),
];

export function allowanceSentences(allowance: Allowance, naming: Naming): Said[] {
  const { meter, where, amount, granted, sharedBy, partMonth, rollover, validMonths } = allowance;
  return [
    say('allowance', {
      meter: saidMeter(meter),
      where: which(where, naming),
      amount: saidNumber(amount),
      granted,
      sharedBy,
    }),
    ...(granted === 'monthly' ? [say(`allowance.partMonth.${partMonth}`)] : []),
    ...given(rollover, ({ months, maximum }) => [
      say('allowance.rollover', {
        months: String(months),
        maximum: maximum === undefined ? 'none' : saidNumber(maximum),
      }),
    ]),
    ...given(validMonths, (months) => [say('allowance.valid', { months: String(months) })]),
  ];
}
