/**
 * Between which charges does a kernel choose? Where no meter of any plan has two, the plan and the meter say which; where
 * one has, as calls have with domestic and international ones, the kind of use says it too.
 * Also called: charge dispatch, 料金項目の振り分け.
 */
import type { Slot, Tariff } from './tariff.ts';

/** What a kernel looks up by one number: a plan and a meter, or one of the charges that share them. */
export interface KernelSlot {
  /** The slot of the tariff, which the reason why it is left to fractions is kept by. */
  readonly place: number;
  readonly slot: Slot | null;
}

export interface KernelSlots {
  readonly slots: readonly KernelSlot[];
  readonly isSplit: boolean;
}

export function kernelSlotsOf(tariff: Tariff): KernelSlots {
  const isSplit = tariff.slots.some((slot) => slot !== null && chargesOf(slot).length > 1);
  const slots = tariff.slots.flatMap((slot, place): KernelSlot[] => {
    if (!isSplit) return [{ place, slot }];
    return slot === null ? [] : partsOf(slot).map((part) => ({ place, slot: part }));
  });
  return { slots, isSplit };
}

const chargesOf = ({ answers }: Slot) => [...new Set(answers.flat().map(({ charge }) => charge))];

/** A slot a charge, unless a use may fall under two: then it stays whole, and is left to fractions. */
function partsOf(slot: Slot): readonly Slot[] {
  if (slot.answers.some((of) => of.length > 1)) return [slot];
  return chargesOf(slot).map((charge) => ({
    ...slot,
    answers: slot.answers.map((of) => (of.length === 0 ? of : of.filter((answer) => answer.charge === charge))),
  }));
}

/** What the slot of a use is, in place of the number of a slot. */
const NOTHING_CHARGED = -1;
export const LEFT_TO_FRACTIONS = -2;

/** For each slot of the tariff and kind of use, the kernel's slot. */
export function dispatchOf(
  { slots, combinations }: Tariff,
  kernelSlots: readonly KernelSlot[],
  left: ReadonlyMap<number, string>,
): Int32Array {
  const dispatch = new Int32Array(slots.length * combinations).fill(NOTHING_CHARGED);
  kernelSlots.forEach(({ place, slot }, number) => {
    slot?.answers.forEach((of, kind) => {
      if (of.length > 0) dispatch[place * combinations + kind] = left.has(place) ? LEFT_TO_FRACTIONS : number;
    });
  });
  return dispatch;
}

/** Which of its plan's slots each is, and how many a plan has at most: what a product has used is kept by them. */
export function keysOf(
  kernelSlots: readonly KernelSlot[],
  meters: number,
): { readonly local: Uint32Array; readonly keys: number } {
  const counted = new Map<number, number>();
  const local = Uint32Array.from(kernelSlots, ({ place }) => {
    const plan = Math.floor(place / meters);
    const number = counted.get(plan) ?? 0;
    counted.set(plan, number + 1);
    return number;
  });
  return { local, keys: [...counted.values()].reduce((most, number) => Math.max(most, number), 1) };
}
