/**
 * What is in each chunk of a cycle, how far is it, and how long did it take?
 * A picture for the cockpit: a square a chunk, or several where there are more chunks than can be drawn.
 * Also called: progress grid, 区画の内訳, 進捗の図.
 */
import type { SqlRunner } from '#runtime/db/scope.ts';

export type ChunkSquare = {
  /** The numbers of the first chunk and the last. */
  readonly from: number;
  readonly to: number;
  /** Billing groups. */
  readonly groups: number;
  /** Done when all of them are; being computed when a worker holds one at this moment. */
  readonly state: 'open' | 'computing' | 'done';
  /**
   * From the taking of a chunk to its writing, of those that are done together; null before the first. Small chunks are taken
   * some at a time, and each of these took as long as all of them.
   */
  readonly seconds: number | null;
  /** Billing groups that were set aside. */
  readonly quarantined: number;
};

const MOST_SQUARES = 256;

/** At most `most` squares, in the order of the chunks, each with as many chunks as another, or one more. */
export function chunkSquares(tx: SqlRunner, cycleId: string, most: number = MOST_SQUARES): Promise<ChunkSquare[]> {
  return tx.sql<ChunkSquare>(
    `with placed as (select k.*, ntile($2) over (order by k.number) as square from chunk k where k.cycle_id = $1)
     select min(number) as from, max(number) as to, sum(groups)::int as groups,
            case when bool_and(state = 'done') then 'done'
                 when bool_or(state = 'claimed' and lease_until > clock_timestamp()) then 'computing'
                 else 'open' end as state,
            (sum(extract(epoch from finished_at - claimed_at)) filter (where state = 'done'))::float8 as seconds,
            coalesce(sum(quarantined) filter (where state = 'done'), 0)::int as quarantined
     from placed group by square order by square`,
    [cycleId, most],
  );
}
