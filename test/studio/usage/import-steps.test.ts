/** How far an import is, over all of its steps. */
import { expect, it } from 'vitest';
import { percentDone, stepNumber, type ImportNow } from '#lib/usage/import-steps.ts';

const read = (step: 'reading' | 'matching' | 'comparing' | 'writing', bytes: number): ImportNow => ({
  ...{ step, bytes, of: 200, lines: 1, rejected: 0, accepted: null, duplicate: null },
});

it.each<readonly [ImportNow, number, number, string]>([
  // where it is                               step  %    because
  [{ step: 'sending', sent: 0, of: 200 }, 1, 0, 'nothing has left yet'],
  [{ step: 'sending', sent: 100, of: 200 }, 1, 10, 'half of the first fifth'],
  [read('reading', 50), 2, 25, 'a quarter of the second fifth'],
  [read('reading', 200), 2, 40, 'all is read'],
  [read('matching', 200), 3, 40, 'what is done to all lines at once has no measure: it has begun'],
  [read('comparing', 200), 4, 60, 'three of five are over'],
  [read('writing', 200), 5, 80, 'the last has begun'],
])('%j is step %i and at %i per cent: %s', (now, step, percent) => {
  expect([stepNumber(now), percentDone(now)]).toEqual([step, percent]);
});
