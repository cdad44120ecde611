/**
 * Does rounding come out as the DMN Technology Compatibility Kit has it (github.com/dmn-tck/tck, Apache-2.0, level 3)?
 * The figures of 1141 round up, 1142 round down and 1143 round half up, restated: number, decimals, result. In each the case
 * with named parameters asks the first figure again: 18 cases.
 */
import { describe, expect, it } from 'vitest';
import { exact, toText } from '#engine/money/exact.ts';
import { roundToStep, type RoundingMode } from '#engine/money/rounding.ts';

const kit: readonly (readonly [string, RoundingMode, readonly (readonly [string, number, string])[]])[] = [
  [
    '1141 round up',
    'up',
    [
      ['5.5', 0, '6'],
      ['-5.5', 0, '-6'],
      ['1.121', 2, '1.13'],
      ['-1.126', 2, '-1.13'],
      ['5.5', 6176, '5.5'],
    ],
  ],
  [
    '1142 round down',
    'down',
    [
      ['5.5', 0, '5'],
      ['-5.5', 0, '-5'],
      ['1.121', 2, '1.12'],
      ['-1.126', 2, '-1.12'],
      ['5.5', 6176, '5.5'],
    ],
  ],
  [
    '1143 round half up',
    'halfUp',
    [
      ['5.5', 0, '6'],
      ['-5.5', 0, '-6'],
      ['1.121', 2, '1.12'],
      ['-1.126', 2, '-1.13'],
      ['5.5', 6176, '5.5'],
    ],
  ],
];

describe.each(kit)('%s', (_name, mode, rows) => {
  it.each(rows)('%s to %s decimals', (number, decimals, rounded) => {
    expect(toText(roundToStep(exact(number), mode, { n: 1n, d: 10n ** BigInt(decimals) }))).toBe(rounded);
  });
});
