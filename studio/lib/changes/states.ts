/**
 * Which states of a draft does each view of the list show, and in which colour?
 * Also called: draft status, review inbox, 変更の状態.
 */
import type { Tone } from '../ui/tone.ts';

export type DraftState = 'draft' | 'inReview' | 'sentBack' | 'approved' | 'scheduled' | 'published' | 'withdrawn';

export const tones: Readonly<Record<DraftState, Tone>> = {
  draft: 'draft',
  inReview: 'accent',
  sentBack: 'dearer',
  approved: 'published',
  scheduled: 'published',
  published: 'published',
  withdrawn: 'neutral',
};

export const views = ['open', 'mine', 'review', 'scheduled', 'all'] as const;
export type View = (typeof views)[number];

const underWay: readonly DraftState[] = ['draft', 'inReview', 'sentBack', 'approved', 'scheduled'];

/** The states that a view shows, those of a change that is under way unless it says otherwise. */
export const statesOf: Readonly<Record<View, readonly DraftState[]>> = {
  open: underWay,
  mine: underWay,
  review: ['inReview', 'approved'],
  scheduled: ['scheduled'],
  all: [...underWay, 'published', 'withdrawn'],
};

export const isOver = (state: DraftState): boolean => !underWay.includes(state);
