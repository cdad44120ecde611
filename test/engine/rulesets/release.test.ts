/** Which version answers on a day? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstUncovered, prepareRelease, spansInForce } from '#engine/rulesets/release.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from './sound-set.ts';

const version = (number: number, from: string, to: string | null = null, id = 'down'): Ruleset => ({
  ...soundSet().rounding,
  id,
  version: number,
  effective: { from, to },
});

const answer = (versions: readonly Ruleset[], on: string): number | undefined =>
  prepareRelease(versions).inForce('rounding', 'down', on)?.version;

describe('a version', () => {
  const first = version(1, '2026-01-01');
  const successor = version(2, '2026-06-01');

  it.each([
    // versions                                          on            answers   because
    [[first], '2025-12-31', undefined, 'it has not begun'],
    [[first], '2026-01-01', 1, 'its first day is included'],
    [[first, successor], '2026-05-31', 1, 'its successor has not begun'],
    [[first, successor], '2026-06-01', 2, 'its successor ends it'],
    [[successor, first], '2026-06-01', 2, 'the order of the documents says nothing'],
    [[version(1, '2026-01-01', '2026-03-01')], '2026-03-01', undefined, '`to` is the first day out of force'],
    [[version(1, '2026-01-01', '2026-12-01'), successor], '2026-07-01', 2, 'a successor cuts a stated end short'],
    [[first, version(2, '2026-04-01', '2026-05-01')], '2026-05-01', undefined, 'nothing comes back by itself'],
    [[first, version(2, '2026-01-01')], '2026-01-01', 2, 'the higher of two that begin together answers'],
    [[first, version(2, '2026-01-01', '2026-02-01')], '2026-02-01', undefined, 'nor after one that began together'],
    [[first, successor, version(3, '2026-03-01')], '2026-07-01', 3, 'a change brought forward withdraws the later one'],
    [[first, successor, version(3, '2026-03-01')], '2026-02-28', 1, 'what comes before it stays'],
    [
      [first, successor, version(3, '2026-03-01', '2026-09-01')],
      '2026-08-31',
      3,
      'the higher one answers while it lasts',
    ],
    [[first, successor, version(3, '2026-03-01', '2026-09-01')], '2026-09-01', 2, 'then the other'],
  ] as const)('answers: %#. on %s', (versions, on, expected, because) => {
    expect(answer(versions, on), because).toBe(expected);
  });

  it('answers alone, or none does, on every day, by the rule as README.md words it', () => {
    const day = (n: number): string => `2026-01-${String(n).padStart(2, '0')}`;
    const span = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.option(fc.integer({ min: 1, max: 9 })));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), fc.integer({ min: 1, max: 31 }), (spans, today) => {
        const versions = spans.map(([from, length], index) =>
          version(index + 1, day(from), length === null ? null : day(from + length)),
        );
        const candidates = versions.filter(({ version: own, effective: { from, to } }) => {
          const ended = versions.some(
            (other) => other.version > own && other.effective.from >= from && other.effective.from <= day(today),
          );
          return from <= day(today) && (to === null || day(today) < to) && !ended;
        });
        expect(answer(versions, day(today))).toBe(candidates.at(-1)?.version);
      }),
    );
  });
});

describe('a release', () => {
  const release = prepareRelease([
    version(2, '2026-06-01', null, 'b'),
    version(1, '2026-01-01', null, 'b'),
    version(1, '2026-01-01', null, 'c'),
    version(1, '2027-01-01', null, 'a'),
    soundSet().tax,
  ]);

  it('finds a version by its number, in force or not', () => {
    expect(release.version('rounding', 'b', 1)?.effective.from).toBe('2026-01-01');
    expect(release.version('rounding', 'b', 3)).toBeUndefined();
    expect(release.versions('rounding', 'b').map((one) => one.version)).toEqual([1, 2]);
    expect(release.versions('rounding', 'z')).toEqual([]);
  });

  it('gives all of a kind that are in force, in order of id', () => {
    const on = (day: string) => release.allInForce('rounding', day).map((one) => `${one.id}@${one.version}`);
    expect(on('2026-06-01')).toEqual(['b@2', 'c@1']);
    expect(on('2027-01-01')).toEqual(['a@1', 'b@2', 'c@1']);
    expect(on('2025-01-01')).toEqual([]);
  });

  it('keeps kinds apart', () => {
    expect(release.inForce('tax', 'b', '2026-06-01')).toBeUndefined();
    expect(release.inForce('tax', 'consumption', '2026-06-01')?.kind).toBe('tax');
  });
});

describe('days without a version', () => {
  it('are found whether they lie before, between or after', () => {
    const spans = spansInForce([version(1, '2026-02-01', '2026-03-01'), version(2, '2026-04-01', '2026-05-01')]);
    const missing = (from: string, to: string | null) => firstUncovered({ from, to }, spans);
    expect(missing('2026-01-15', '2026-02-15')?.from).toBe('2026-01-15');
    expect(missing('2026-02-01', '2026-03-01')).toBeUndefined();
    expect(missing('2026-02-01', '2026-05-01')?.from).toBe('2026-03-01');
    expect(missing('2026-04-01', null)?.from).toBe('2026-05-01');
  });
});
