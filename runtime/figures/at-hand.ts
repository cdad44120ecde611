/**
 * What waits for somebody: cycles with their next step, refused usage, groups set aside?
 * Also called: to-do, worklist, やること, 対応待ち.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { mayDo, type Permission } from '#runtime/access/permissions.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { cycles, type CycleFacts } from '#runtime/cycles/queries.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** run: compute it. watch: it is being computed. close: look at the trial, and close it. */
export type NextStep = 'run' | 'watch' | 'close';

export type WaitingCycle = CycleFacts & {
  readonly next: NextStep;
  /** Whether this person may take the step; who opened or ran a cycle does not close it. */
  readonly may: boolean;
};

const nextSteps: Readonly<Partial<Record<CycleState, NextStep>>> = {
  planned: 'run',
  collecting: 'run',
  rating: 'watch',
  trial: 'close',
  reviewed: 'close',
};

const permissionFor = { run: 'cycle.run', watch: 'cycle.read', close: 'cycle.close' } as const satisfies Record<
  NextStep,
  Permission
>;

/** The cycles that are not closed yet; they are the latest of their kind. */
export async function waitingCycles(tx: SqlRunner, actor: Actor): Promise<WaitingCycle[]> {
  const { rows } = await cycles(tx, {});
  const ran = await tx.sql<{ id: string }>('select distinct cycle_id as id from cycle_run where run_by = $1', [
    actor.personId,
  ]);
  const tookPart = new Set(ran.map(({ id }) => id));
  return rows.flatMap((cycle) => {
    const next = nextSteps[cycle.state];
    if (next === undefined) return [];
    const isOwn = cycle.openedBy.id === actor.personId || tookPart.has(cycle.id);
    return [{ ...cycle, next, may: mayDo(actor, permissionFor[next]) && !(next === 'close' && isOwn) }];
  });
}

export type Inbox = {
  /** Usage lines that were refused and not put right yet. */
  readonly openRejects: number;
  /** Groups that an open cycle has set aside. */
  readonly quarantined: number;
};

export async function inboxOf(tx: SqlRunner): Promise<Inbox> {
  const [found] = await tx.sql<Inbox>(
    `select (select count(*)::int from usage_reject where state = 'open') as "openRejects",
            (select count(*)::int from quarantine q join cycle c on c.tenant_id = q.tenant_id and c.id = q.cycle_id
             where c.state not in ('closed', 'issued')) as quarantined`,
  );
  return found!;
}
