/**
 * Which way does a cycle go, and what does each state look like?
 * Also called: bill run states, 締めの状態, 仮締め, 本締め.
 */
import type { Tone } from '../ui/tone.ts';

export type CycleState = 'planned' | 'collecting' | 'rating' | 'trial' | 'reviewed' | 'closed' | 'issued';

/** The way every cycle takes. Collecting, review and issue are shown once a cycle stands there. */
const usual: readonly CycleState[] = ['planned', 'rating', 'trial', 'closed'];
const all: readonly CycleState[] = ['planned', 'collecting', 'rating', 'trial', 'reviewed', 'closed', 'issued'];

export function pathOf(state: CycleState): readonly CycleState[] {
  return all.filter((step) => usual.includes(step) || step === state);
}

export const tones: Readonly<Record<CycleState, Tone>> = {
  planned: 'neutral',
  collecting: 'accent',
  rating: 'accent',
  trial: 'dearer',
  reviewed: 'dearer',
  closed: 'published',
  issued: 'published',
};

export type NextStep = 'run' | 'wait' | 'close' | 'nothing';

/** The one next step of each state. */
export const nextStep: Readonly<Record<CycleState, NextStep>> = {
  planned: 'run',
  collecting: 'wait',
  rating: 'wait',
  trial: 'close',
  reviewed: 'close',
  closed: 'nothing',
  issued: 'nothing',
};
