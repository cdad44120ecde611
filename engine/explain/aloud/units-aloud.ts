/**
 * How is so much of something spoken? 「30 秒単位で 11 単位」「284 キロワット時」「24 ギガバイト」
 * Also called: billing units in words, 課金単位の言い方.
 */
import { dividedBy, exact, fractionOf, times, toText } from '#engine/money/exact.ts';
import type { BillLine, Charge, QuantityCharge, UsageCharge } from '#schemas/generated/types.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { countedIn } from '#engine/usage/meter-name.ts';
import type { Said } from '#schemas/messages/render.ts';
import { aloud, numberAloud } from './said-aloud.ts';

/** What the units of a charge are: so many seconds, one kilowatt hour; or so many of what is held. */
export interface SpokenUnits {
  readonly word: string;
  readonly size: string;
}

/** What is counted, by the last word of its meter; of larger units how many there are in one. */
const counted: Readonly<Record<string, readonly (readonly [size: string, word: string])[]>> = {
  seconds: [
    ['60', 'minutes'],
    ['1', 'seconds'],
  ],
  minutes: [['1', 'minutes']],
  kilobytes: [
    ['1000000', 'gigabytes'],
    ['1000', 'megabytes'],
    ['1', 'kilobytes'],
  ],
  megabytes: [
    ['1000', 'gigabytes'],
    ['1', 'megabytes'],
  ],
  gigabytes: [['1', 'gigabytes']],
  kwh: [['1', 'kilowattHours']],
  messages: [['1', 'messages']],
  packets: [['1', 'packets']],
  calls: [['1', 'calls']],
};

/** Where there is no word for them. */
export const justUnits: SpokenUnits = { word: 'units', size: '1' };

/** What the units of the line are; those that its meter names, where we have a word for it. */
export function unitsOf(charge: UsageCharge | QuantityCharge, row: string): SpokenUnits {
  if (charge.type === 'quantity') return { word: 'held', size: '1' };
  const { price, meter, unit } = charge;
  const index = /\/price\/rows\/(\d+)/.exec(row)?.[1];
  const ownSize = price.model === 'matrix' && index !== undefined ? price.rows[Number(index)]?.unitSize : undefined;
  const size = exact(ownSize ?? unit.size);
  const words = counted[countedIn(meter)];
  if (words === undefined) return { ...justUnits, size: toText(size) };
  const [whole, word] = words.find(([each]) => dividedBy(size, exact(each)).d === 1n) ?? words.at(-1)!;
  return { word, size: toText(dividedBy(size, exact(whole))) };
}

/** 「284 キロワット時」, of blocks 「30 秒単位で 11 単位」. */
export function unitsAloud(count: string, { word, size }: SpokenUnits): Said {
  if (size === '1') return aloud(oneOr('unit', count), { count: numberAloud(count), word });
  return aloud(oneOr('block', count), { count: numberAloud(count), size: unitsAloud(size, { word, size: '1' }) });
}

/** How many, of what is held without saying again that it is a number of them. */
export const boundAloud = (count: string, units: SpokenUnits): Said =>
  unitsAloud(count, units.word === 'held' ? { word: 'bare', size: '1' } : units);

/** What of a meter was used, in the words of its units. */
export function usedAloud(used: string, charge: UsageCharge): Said {
  const words = counted[countedIn(charge.meter)];
  const size = fractionOf(used);
  const [whole, word] = words?.find(([each]) => dividedBy(size, exact(each)).d === 1n) ??
    words?.at(-1) ?? ['1', 'units'];
  const count = toText(times(size, dividedBy(exact('1'), exact(whole))));
  return aloud(oneOr('unit', count), { count: numberAloud(count), word });
}

/** 「1 キロワット時あたり」, "each". */
export const eachAloud = ({ word, size }: SpokenUnits): Said => aloud('each', { word: size === '1' ? word : 'units' });

/** 1 unit, 2 units. */
export const oneOr = (word: string, count: string): string => (count === '1' ? word : `${word}s`);

/** The charge of the plan that the line stands for, by its place. */
export function chargeBehind({ ruleset, version, row }: BillLine, release: Release): Charge | undefined {
  const [kind, id = ''] = ruleset.split('/');
  const index = /^\/body\/charges\/(\d+)/.exec(row)?.[1];
  if (kind !== 'ratePlan' || index === undefined) return undefined;
  return release.version('ratePlan', id, version)?.body.charges[Number(index)];
}
