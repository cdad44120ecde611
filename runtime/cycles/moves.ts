/**
 * From which state to which may a cycle go?
 * Also called: bill run states, lifecycle, 締め処理の状態, 仮締め, 本締め, 状態遷移.
 */

/**
 * planned: opened, or frozen again. rating: being computed. trial (仮締め): may be run again. closed (本締め): for good.
 */
export const cycleMoves = {
  planned: ['collecting', 'rating'],
  collecting: ['rating'],
  rating: ['planned', 'trial'],
  trial: ['planned', 'rating', 'reviewed', 'closed'],
  reviewed: ['planned', 'rating', 'closed'],
  closed: ['issued'],
  issued: [],
} as const satisfies Record<string, readonly string[]>;

export type CycleState = keyof typeof cycleMoves;

export function mayMove(from: CycleState, to: CycleState): boolean {
  const moves: readonly CycleState[] = cycleMoves[from];
  return moves.includes(to);
}

/** Every state from which a cycle may go to `to`. */
export function statesBefore(to: CycleState): readonly CycleState[] {
  return (Object.keys(cycleMoves) as CycleState[]).filter((from) => mayMove(from, to));
}
