/**
 * How is the loop written that rates uses in whole numbers? Only with what occurs: no test for a cap where none has one.
 * All figures are in tables, so the source says nothing of a tariff but which features it has.
 * Also called: rating kernel, code generation, 料金計算カーネル.
 */
import { LEFT_TO_FRACTIONS } from './kernel-slots.ts';
import type { KernelTables } from './tables.ts';

export interface Features {
  /** Charges share a plan and a meter: the kind of use says which is meant. */
  readonly split: boolean;
  /** How many facts choose a row. */
  readonly dimensions: number;
  readonly left: boolean;
  /** Uses for which no row answers, or nothing is charged. */
  readonly gaps: boolean;
  readonly free: boolean;
  readonly included: boolean;
  readonly connect: boolean;
  readonly cap: boolean;
  readonly due: boolean;
  readonly byRow: boolean;
  readonly byTotal: boolean;
  readonly byPeriod: boolean;
  readonly packages: boolean;
}

export function featuresOf(tables: KernelTables): Features {
  const some = (column: Float64Array | Uint8Array, test: (value: number) => boolean): boolean =>
    (column as Float64Array).some(test);
  return {
    split: tables.dispatch.length > 0,
    dimensions: tables.offsets.length,
    left: some(tables.left, (value) => value === 1),
    gaps: some(tables.rate, (value) => !Number.isFinite(value)),
    free: some(tables.free, (value) => value > 0),
    included: some(tables.included, (value) => value > 0),
    connect: some(tables.connect, (value) => value > 0),
    cap: some(tables.cap, (value) => value !== Infinity),
    due: some(tables.due, (value) => value === 1),
    byRow: tables.first.some((value) => value < 0),
    byTotal: tables.first.some((value) => value >= 0),
    byPeriod: some(tables.perEvent, (value) => value === 0),
    packages: some(tables.step, (value) => value !== 1),
  };
}

/**
 * The body of a function that returns the loop `(t, c, s, out, rest, from, to) => total`: tables, columns, state, amounts,
 * places of uses left to fractions, and which uses. NaN where a use has no row.
 */
export function kernelSource(features: Features): string {
  const offsets = Array.from({ length: features.dimensions }, (_, number) => number);
  const when = (given: boolean, text: string): string => (given ? text : '');
  const kind = offsets.length === 0 ? '0' : offsets.map((n) => `o${n}[d${n}[i]]`).join(' + ');
  return `"use strict";
return (t, c, s, out, rest, from, to) => {
  const { product, quantity } = c, plan = c.plan.codes, meter = c.meter.codes, { meters, combinations, rate, size } = t;
  const { left, dispatch, local, keys, free, included, connect, cap, due, perEvent, first, upTo, above, base, price, step } = t;
  const { used, units, spent, firstProduct } = s;
  ${offsets.map((n) => `const o${n} = t.offsets[${n}], d${n} = s.dimensions[${n}];`).join('\n  ')}
  let total = 0;
  for (let i = from; i < to; i += 1) {
    const m = meter[i], place = plan[i] * meters + m;
    ${features.split ? splitPlace(kind) : ownPlace(features, kind)}
    ${when(
      features.gaps,
      'if (!(rate[cell] > -Infinity)) { if (rate[cell] !== rate[cell]) total = NaN; out[i] = rate[cell] === -Infinity ? 0 : NaN; continue; }',
    )}
    const owner = product[i] - firstProduct, bucket = owner * meters + m, key = ${features.split ? 'owner * keys + local[slot]' : 'bucket'};
    let charged = quantity[i];
    ${when(features.free, 'charged -= free[slot]; if (charged < 0) charged = 0;')}
    ${when(
      features.included,
      'const drawn = used[bucket] + charged; used[bucket] = drawn; const beyond = drawn - included[slot]; if (beyond < charged) charged = beyond > 0 ? beyond : 0;',
    )}
    let amount = 0;
    if (charged > 0${when(features.due, ' || due[slot] === 1')}) {
      ${features.byRow && features.byTotal ? `if (first[slot] < 0) {${byRow(features)}} else {${byTotal(features)}}` : features.byTotal ? byTotal(features) : byRow(features)}
    }
    out[i] = amount;
    total += amount;
  }
  return total;
};`;
}

/** The plan and the meter are the slot. */
function ownPlace({ left }: Features, kind: string): string {
  const rest = left ? 'if (left[slot] === 1) { rest.push(i); out[i] = 0; continue; }' : '';
  return `const slot = place; ${rest} const cell = slot * combinations + ${kind};`;
}

/** Plan, meter and kind of use are looked up; below 0 nothing is charged, or it is left to fractions. */
function splitPlace(kind: string): string {
  return `const k = ${kind}, slot = dispatch[place * combinations + k];
    if (slot < 0) { if (slot === ${LEFT_TO_FRACTIONS}) rest.push(i); out[i] = 0; continue; }
    const cell = slot * combinations + k;`;
}

function byRow({ connect, cap }: Features): string {
  return `
        amount = Math.ceil(charged / size[slot]) * rate[cell]${connect ? ' + connect[cell]' : ''};
        ${cap ? 'const room = cap[slot] - spent[key]; if (amount > room) amount = room; spent[key] += amount;' : ''}
      `;
}

function byTotal({ cap, byPeriod, packages }: Features): string {
  const perEvent = 'all = units[key] + Math.ceil(charged / size[slot]); units[key] = all;';
  const perPeriod = 'const sum = units[key] + charged; units[key] = sum; all = Math.ceil(sum / size[slot]);';
  return `
        let all = 0;
        ${byPeriod ? `if (perEvent[slot] === 1) { ${perEvent} } else { ${perPeriod} }` : perEvent}
        let p = first[slot];
        while (all > upTo[p]) p += 1;
        let worth = base[p] + ${packages ? 'Math.ceil((all - above[p]) / step[p])' : '(all - above[p])'} * price[p];
        ${cap ? 'if (worth > cap[slot]) worth = cap[slot];' : ''}
        amount = worth - spent[key];
        spent[key] = worth;
      `;
}
