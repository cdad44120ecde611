/**
 * What can become of a draft?
 * The table of moves is the documentation. Also called: draft lifecycle, change workflow, 下書きの状態遷移, 承認フロー.
 */

/**
 * `sentBack` is a draft that waits for its author, with the approver's word; `scheduled` is one that is approved and has its day
 * (or gets another); it is `approved` again when what was due could not be done.
 * Taking back leads to `draft`: whatever was submitted or approved is void then, and the way begins anew.
 */
export const draftMoves = {
  draft: ['inReview', 'withdrawn'],
  inReview: ['approved', 'sentBack', 'draft', 'withdrawn'],
  sentBack: ['draft', 'inReview', 'withdrawn'],
  approved: ['published', 'scheduled', 'sentBack', 'draft', 'withdrawn'],
  scheduled: ['published', 'scheduled', 'approved', 'sentBack', 'draft', 'withdrawn'],
  published: [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>;

export type DraftState = keyof typeof draftMoves;

export function mayMove(from: DraftState, to: DraftState): boolean {
  return (draftMoves[from] as readonly DraftState[]).includes(to);
}

/** The states that nothing leads out of. */
export const isOver = (state: DraftState): boolean => draftMoves[state].length === 0;

/** Those that something still leads out of. */
export const onTheirWay: readonly DraftState[] = (Object.keys(draftMoves) as DraftState[]).filter(
  (state) => !isOver(state),
);
