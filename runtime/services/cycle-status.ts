/**
 * How does a cycle stand: what it froze, how far it is, who ran it, whom it set aside?
 * Also called: cycle page, live progress, サイクルの状況, 進捗.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { chunkSquares, type ChunkSquare } from '#runtime/cycles/chunk-squares.ts';
import { progressOf, type CycleProgress } from '#runtime/cycles/progress.ts';
import {
  chunkTotals,
  cycleFacts,
  quarantinedGroups,
  runsOf,
  type CycleFacts,
  type CycleRun,
  type QuarantinedGroup,
} from '#runtime/cycles/queries.ts';
import { mayMove } from '#runtime/cycles/moves.ts';
import { withScope } from '#runtime/db/scope.ts';
import { linesReceived, type LinesReceived } from '#runtime/usage/lines-received.ts';

export type CycleStatus = CycleFacts & {
  readonly progress: CycleProgress;
  /** The chunks as a small picture, the first first. */
  readonly squares: readonly ChunkSquare[];
  /** Usage lines of the files that tell of use in its period. */
  readonly usage: LinesReceived;
  /** The latest run first. */
  readonly runs: readonly CycleRun[];
  /** The first hundred groups that could not be billed. */
  readonly quarantine: readonly QuarantinedGroup[];
  /** What this person may do with the cycle now; `close` is denied to whoever opened or ran it. */
  readonly may: { readonly run: boolean; readonly refreeze: boolean; readonly stop: boolean; readonly close: boolean };
};

export async function cycleStatus(
  app: App,
  actor: Actor,
  { cycleId }: { readonly cycleId: string },
): Promise<CycleStatus> {
  authorize(actor, 'cycle.read');
  return withScope(app, actor, async (tx) => {
    const facts = await cycleFacts(tx, cycleId);
    const runs = await runsOf(tx, facts);
    const progress = progressOf(await chunkTotals(tx, cycleId), facts.state === 'rating');
    const { state } = facts;
    return {
      ...facts,
      progress,
      squares: await chunkSquares(tx, cycleId),
      usage: await linesReceived(tx, { start: facts.periodStart, end: facts.periodEnd }),
      runs,
      quarantine: await quarantinedGroups(tx, cycleId),
      may: allowed(actor, state, facts, runs),
    };
  });
}

function allowed(actor: Actor, state: CycleState, facts: CycleFacts, runs: readonly CycleRun[]): CycleStatus['may'] {
  const tookPart = facts.openedBy.id === actor.personId || runs.some(({ runBy }) => runBy.id === actor.personId);
  return {
    run: mayDo(actor, 'cycle.run') && (state === 'rating' || mayMove(state, 'rating')),
    refreeze: mayDo(actor, 'cycle.open') && (state === 'planned' || mayMove(state, 'planned')) && state !== 'rating',
    stop: mayDo(actor, 'cycle.run') && state === 'rating',
    close: mayDo(actor, 'cycle.close') && mayMove(state, 'closed') && !tookPart,
  };
}
