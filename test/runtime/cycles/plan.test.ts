/** How a cycle is cut, which way it may go, how far it is: the parts that need no database. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingCounted } from '#runtime/cycles/compute-group.ts';
import { cycleMoves, mayMove, type CycleState } from '#runtime/cycles/moves.ts';
import { planChunks } from '#runtime/cycles/plan.ts';
import { progressOf, type ChunkTotals } from '#runtime/cycles/progress.ts';

describe('chunks', () => {
  it('hold about so many groups, shard by shard', () => {
    const chunks = planChunks(
      new Map([
        [7, [1, 2, 3, 4, 5]],
        [2, [10]],
      ]),
      2,
    );
    expect(chunks).toEqual([
      { number: 1, shard: 2, fromHash: 10, toHash: 10, groups: 1 },
      { number: 2, shard: 7, fromHash: 1, toHash: 2, groups: 2 },
      { number: 3, shard: 7, fromHash: 3, toHash: 4, groups: 2 },
      { number: 4, shard: 7, fromHash: 5, toHash: 5, groups: 1 },
    ]);
  });

  it('never part groups of one payer hash, and hold every group once', () => {
    const hashes = fc
      .array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(hashes, fc.integer({ min: 1, max: 10 }), (list, size) => {
        const chunks = planChunks(new Map([[0, list]]), size);
        expect(
          chunks.flatMap(({ fromHash, toHash }) => list.filter((hash) => hash >= fromHash && hash <= toHash)),
        ).toEqual(list);
        chunks.slice(1).forEach((chunk, index) => expect(chunk.fromHash).toBeGreaterThan(chunks[index]!.toHash));
        expect(chunks.map(({ groups }) => groups).reduce((a, b) => a + b)).toBe(list.length);
      }),
    );
  });
});

describe('a cycle', () => {
  it.each<[CycleState, CycleState, boolean, string]>([
    ['planned', 'rating', true, 'it is run'],
    ['rating', 'trial', true, 'the last chunk is done'],
    ['rating', 'planned', true, 'it is stopped'],
    ['trial', 'rating', true, 'a trial may be repeated'],
    ['trial', 'closed', true, 'another person closes it'],
    ['planned', 'closed', false, 'what was not computed cannot be closed'],
    ['rating', 'closed', false, 'nor what is being computed'],
    ['closed', 'rating', false, 'closed is for good'],
    ['closed', 'trial', false, 'closed is for good'],
  ])('%s → %s is %s: %s', (from, to, may) => expect(mayMove(from, to)).toBe(may));

  it('never comes back from being closed', () => {
    const reachable = (from: CycleState): readonly CycleState[] =>
      [...cycleMoves[from]].flatMap((to) => [to, ...reachable(to)]);
    expect(reachable('closed')).toEqual(['issued']);
  });
});

describe('progress', () => {
  const halfWay: ChunkTotals = {
    ...{ chunks: 10, chunksDone: 5, groups: 1000, groupsDone: 500, bills: 490, usageRecords: 9000, quarantined: 2 },
    ...{ beingComputed: 2, billsOfRun: 196, groupsOfRun: 200, secondsOfRun: 4, idleSeconds: 0 },
    counting: nothingCounted,
  };

  it('reckons by what this run has done: 200 groups in 4 seconds leave 10 seconds for 500', () => {
    expect(progressOf(halfWay, true)).toMatchObject({ billsPerSecond: 49, secondsLeft: 10, isStalled: false });
  });

  it('promises nothing before the first chunk', () => {
    expect(progressOf({ ...halfWay, billsOfRun: 0, groupsOfRun: 0 }, true)).toMatchObject({
      billsPerSecond: null,
      secondsLeft: null,
    });
  });

  it('is stalled when nobody has held a chunk for some time', () => {
    expect(progressOf({ ...halfWay, beingComputed: 0, idleSeconds: 1 }, true)).toMatchObject({ isStalled: false });
    expect(progressOf({ ...halfWay, beingComputed: 0, idleSeconds: 6 }, true)).toMatchObject({
      isStalled: true,
      secondsLeft: null,
    });
    expect(progressOf({ ...halfWay, beingComputed: 0, idleSeconds: 6 }, false)).toMatchObject({ isStalled: false });
  });
});
