/** Does every shipped ruleset give the amounts that are written beside it? */
import { describe, expect, it } from 'vitest';
import { runCases } from '#engine/cases/run-cases.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

describe.each(operators)('%s', (operator) => {
  const release = prepareRelease(rulesetsOf(operator));

  describe.each(caseFiles(operator).map((file) => [file.file.split('/').slice(1, 3).join('/'), file] as const))(
    '%s',
    (_, file) => {
      it.each(casesIn(file).map((one) => [one.it.en, one.source ?? '', one] as const))(
        '%s (%s)',
        (_it, _source, one) => {
          const [result] = runCases([one], release);
          expect(result?.problem).toBeUndefined();
          expect(result?.checks.length).toBeGreaterThan(0);
          expect(result?.checks.filter((check) => !check.passed)).toEqual([]);
        },
      );
    },
  );
});

describe('the acceptance examples', () => {
  /** AX-08a, AX-15, AX-18, AX-21 and AX-22 are about sharing costs, settlement and partners: no price says them. */
  const ofPrices = [
    ...['01', '01a (a)', '01a (b)', '01a (c)', '01a (d)', '02', '02a', '02b', '03', '04', '05', '06', '07', '07a'],
    ...['07b', '08', '09', '10', '11', '12', '13', '14', '16', '17', '19', '20', '23', '24', '25', '26', '27', '28'],
  ];
  const sources = caseFiles('worked-examples')
    .flatMap(casesIn)
    .map((one) => one.source ?? '');

  it.each(ofPrices)('AX-%s is a case', (number) => {
    const named = new RegExp(`AX-${number.replace(/[()]/g, '\\$&')}(?![a-z0-9])`);
    expect(sources.some((source) => named.test(source))).toBe(true);
  });
});

describe('a case', () => {
  const release = prepareRelease(rulesetsOf('worked-examples'));
  const [first] = caseFiles('worked-examples')
    .flatMap(casesIn)
    .filter((one) => one.source === 'AX-16');

  it('fails, and says what came instead, when an amount is not the expected one', () => {
    if (first === undefined) throw new Error('AX-16 is gone');
    const [result] = runCases([{ ...first, expect: { bills: [{ month: '2026-11', total: '463' }] } }], release);
    expect(result?.passed).toBe(false);
    expect(result?.checks).toMatchObject([{ month: '2026-11', figure: 'total', expected: '463', actual: '462' }]);
  });

  it('tells an absent line from one of zero', () => {
    if (first === undefined) throw new Error('AX-16 is gone');
    const expected = { bills: [{ month: '2026-11', lines: { 'line-1': null, 'line-9': '0', 'line-8': null } }] };
    const [result] = runCases([{ ...first, expect: expected }], release);
    expect(result?.checks.map((check) => check.passed)).toEqual([false, false, true]);
  });

  it('may say what a product comes to, discounts and bounds included', () => {
    if (first === undefined) throw new Error('AX-16 is gone');
    const expected = { bills: [{ month: '2026-11', products: { 'P-1': '420', 'P-2': '420' } }] };
    const [result] = runCases([{ ...first, expect: expected }], release);
    expect(result?.checks.map((check) => [check.figure, check.key, check.actual])).toEqual([
      ['product', 'P-1', '420'],
      ['product', 'P-2', null],
    ]);
  });

  it('names the reason when nothing can be billed', () => {
    if (first === undefined) throw new Error('AX-16 is gone');
    const [result] = runCases([{ ...first, release: ['offering/four-of-105'] }], release);
    expect(result?.problem?.code).toBe('ruleset-not-in-force');
  });
});
