/** Is a registration number that was mistyped found out? */
import { describe, expect, it } from 'vitest';
import { judgedNumber } from '#lib/welcome/registration-number.ts';

describe('a registration number', () => {
  it.each([
    // number           judged             because
    ['T7000012050002', 'right', 'the National Tax Agency’s own: 9 − (11 mod 9) = 7'],
    ['T7000012050020', 'wrongCheckDigit', 'two digits changed places'],
    ['T1000012050002', 'wrongCheckDigit', 'the check digit is another'],
    ['7000012050002', 'wrongForm', 'the T is missing'],
    ['T700001205000', 'wrongForm', 'a digit is missing'],
    ['T70000120500021', 'wrongForm', 'a digit too many'],
  ])('%s is %s: %s', (number, judged) => {
    expect(judgedNumber(number)).toBe(judged);
  });
});
