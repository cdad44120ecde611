/** Is only that read as a ruleset which every other reader would read alike? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#engine/rulesets/limits.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';

const mistake = (text: string) => {
  const parsed = parseRuleset(text);
  if (!('diagnostic' in parsed)) throw new Error(`${text} was read`);
  return parsed.diagnostic;
};

describe('a text', () => {
  it('that is JSON says what JSON.parse says', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t', '\r\n');
    fc.assert(
      fc.property(fc.jsonValue(), spaces, (value, space) => {
        const text = JSON.stringify(value, null, space).normalize('NFC');
        fc.pre(!/"(__proto__|prototype|constructor)"/.test(text) && text.isWellFormed());
        expect(parseRuleset(text)).toEqual({ document: JSON.parse(text) });
      }),
      { numRuns: 500 },
    );
  });

  it.each(
    // A stray character anywhere must be refused by both or read alike by both.
    ['{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', '.', 'e', 't', '\u0000', ' '],
  )('with a stray %j is refused wherever JSON.parse refuses it', (stray) => {
    const sound = '{"a":[1,-0.5e3,true,null,"x\\u00e9\\n"],"b":{}}';
    for (let at = 0; at <= sound.length; at += 1) {
      const text = sound.slice(0, at) + stray + sound.slice(at);
      let expected: unknown;
      try {
        expected = { document: JSON.parse(text) as unknown };
      } catch {
        expected = 'refused';
      }
      const parsed = parseRuleset(text);
      expect('diagnostic' in parsed ? 'refused' : parsed, text).toEqual(expected);
    }
  });

  it('with a field twice is refused, and the second place is named', () => {
    expect(mistake('{\n  "price": "1",\n  "price": "2"\n}')).toMatchObject({
      code: 'duplicate-key',
      severity: 'error',
      path: '/price',
      values: { key: 'price', line: '3', column: '3' },
    });
    expect(mistake('{"\\u0061":1,"a":2}').code).toBe('duplicate-key');
  });

  it.each(['__proto__', 'prototype', 'constructor', '\\u005f_proto__'])('with the field %s is refused', (key) => {
    expect(mistake(`{"body":{"${key}":{"isAdmin":true}}}`).code).toBe('forbidden-key');
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('that breaks off is refused where it breaks off', () => {
    expect(mistake('{\n"a": [1, }').values).toEqual({ line: '2', column: '10', found: '}', what: 'text' });
    expect(mistake('').values).toEqual({ line: '1', column: '1', found: '', what: 'end' });
    expect(mistake('{"a": 1} x').values['found']).toBe('x');
  });

  it.each([
    '01',
    '+1',
    '1.',
    '.5',
    'NaN',
    'Infinity',
    '1e400',
    'True',
    "'a'",
    '"\t"',
    '"\\x"',
    '"\\ud800"',
    '[1,]',
    '{"a":1,}',
    '// a',
  ])('such as %s is refused', (text) => {
    expect(mistake(text).code).toBe('malformed-json');
  });

  it('may be as deep as the limit and no deeper', () => {
    const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseRuleset(deep(limits.nesting))).toHaveProperty('document');
    expect(mistake(deep(limits.nesting + 1)).code).toBe('nested-too-deep');
    expect(mistake(deep(1_000_000)).code).toBe('nested-too-deep');
  });

  it('may be as large as the limit and no larger, counted in bytes', () => {
    const room = limits.bytes - 2;
    expect(parseRuleset(`"${'a'.repeat(room)}"`)).toHaveProperty('document');
    expect(mistake(`"${'a'.repeat(room + 1)}"`).code).toBe('document-too-large');
    expect(mistake(`"${'円'.repeat(Math.ceil(room / 3) + 1)}"`).code).toBe('document-too-large');
  });

  it('says the same whether accents and voicing marks are composed or not', () => {
    expect(parseRuleset('"か\u3099"')).toEqual({ document: 'が' });
    expect(parseRuleset('\uFEFF{}')).toEqual({ document: {} });
  });
});
