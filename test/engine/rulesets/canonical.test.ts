/** Does one document have one text? (RFC 8785) */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import { soundSet } from './sound-set.ts';

describe('the canonical text', () => {
  it('is the one that RFC 8785 gives in its section 3.2.3', () => {
    const document = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(document)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([
    [{ b: [1, -0, 1e21, 0.1], a: null }, '{"a":null,"b":[1,0,1e+21,0.1]}'],
    ['料金\n"5"', '"料金\\n\\"5\\""'],
    [[], '[]'],
  ])('of %j is %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('does not depend on the order in which fields were written', () => {
    const { campaign } = soundSet();
    const backwards = JSON.parse(JSON.stringify(campaign), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ) as unknown;
    expect(JSON.stringify(backwards)).not.toBe(JSON.stringify(campaign));
    expect(canonicalJson(backwards)).toBe(canonicalJson(campaign));
  });

  it('says the same document again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([[undefined], [Number.NaN], [{ at: Infinity }], ['\ud800'], [{ a: undefined }], [1n]])(
    'of %o is refused',
    (value) => {
      expect(() => canonicalJson(value)).toThrow('has no canonical form');
    },
  );
});
