/** Does the cockpit say of each chunk what is in it, how far it is, and how long it took? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chunkSquares } from '#runtime/cycles/chunk-squares.ts';
import { withScope } from '#runtime/db/scope.ts';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

it('tells of each chunk its groups, its state, its seconds and what was set aside, on as many squares as can be drawn', async () => {
  const people = await mobileOperator(app, [
    ...['1', '2', '3', '4', '5'].map((digit) => subscriber(`0000000${digit}`)),
    subscriber('00000006', { offering: 'no-such-offering' }),
  ]);
  const { cycleId, chunks } = await openCycle(app, people.operator, {
    ...{ legalEntity: 'kanade-mobile', billingCycle: 'month-end', month: '2026-10' },
  });
  const squares = async () => (await cycleStatus(app, people.auditor, { cycleId })).squares;
  const numbers = Array.from({ length: chunks }, (_, i) => [i + 1, i + 1]);
  const groupsOf = (some: readonly { readonly groups: number }[]) => some.reduce((sum, { groups }) => sum + groups, 0);

  const waiting = await squares();
  expect(waiting.map(({ from, to }) => [from, to])).toEqual(numbers);
  expect(
    waiting.every(({ state, seconds, quarantined }) => state === 'open' && seconds === null && quarantined === 0),
  ).toBe(true);
  expect(groupsOf(waiting)).toBe(6);

  await (
    await runCycle(app, people.operator, { cycleId, workers: 1 })
  ).finished;
  const done = await squares();
  expect(done.map(({ from, to }) => [from, to])).toEqual(numbers);
  expect(done.map(({ state }) => state)).toEqual(numbers.map(() => 'done'));
  expect(done.every(({ seconds }) => seconds! > 0)).toBe(true);
  expect(done.map(({ quarantined }) => quarantined).toSorted()).toEqual([...numbers.slice(1).map(() => 0), 1]);

  const [first, second] = await withScope(app, people.auditor, (tx) => chunkSquares(tx, cycleId, 2));
  const half = Math.ceil(chunks / 2);
  expect([first!.from, first!.to, second!.from, second!.to]).toEqual([1, half, half + 1, chunks]);
  expect(groupsOf([first!, second!])).toBe(6);
});
