/** Is what the engine says shown where somebody can mend it, and underlined where it stands in the text? */
import { describe, expect, it } from 'vitest';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { Notes } from '#lib/document/notes.ts';
import { TextMap } from '#lib/document/text-map.ts';
import { placeOf } from '#lib/monaco/markers.ts';

const missing = diagnostic('required-field-missing', '/body/charges/0', { field: 'price' });
const inverted = diagnostic('price-inversion', '/body/charges/0/tiers', {});
const wrong = diagnostic('not-a-decimal', '/body/charges/1/price', { value: 'x' });
const notes = new Notes([inverted, missing, wrong]);

describe('what is said of a document', () => {
  it('begins with what stops it from being published', () => {
    expect(notes.all.map(({ code }) => code)).toEqual(['required-field-missing', 'not-a-decimal', 'price-inversion']);
  });

  it('is said at the field that is missing, not at the thing that lacks it', () => {
    expect(notes.at('/body/charges/0/price')).toEqual([missing]);
    expect(notes.at('/body/charges/0')).toEqual([]);
  });

  it('is counted for everything that holds the field, by the worst', () => {
    expect(notes.within('/body/charges/0')).toEqual({ count: 2, worst: 'error' });
    expect(notes.within('/body/charges/0/tiers')).toEqual({ count: 1, worst: 'warning' });
    expect(notes.within('/body')).toEqual({ count: 3, worst: 'error' });
    expect(notes.within('/name')).toBeUndefined();
  });
});

describe('in the text', () => {
  const text =
    '{\n  "body": {\n    "charges": [\n      { "id": "a", "tiers": [] },\n      { "id": "b", "price": "x" }\n    ]\n  }\n}';
  const map = new TextMap(text);
  const underlined = (code: Parameters<typeof placeOf>[0]): string => {
    const { start, end } = placeOf(code, map, text);
    return text.slice(start, end);
  };

  it('the value is underlined', () => {
    expect(underlined(wrong)).toBe('"x"');
  });

  it('of a thing only how it begins is, never a page of text', () => {
    expect(underlined(inverted)).toBe('"tiers": [');
    expect(underlined(missing)).toBe('{');
  });

  it('of a text that cannot be read the place where reading stopped is', () => {
    const broken = '{\n  "a": 1,\n  "a": 2\n}';
    const parsed = parseRuleset(broken);
    const { start } = placeOf('diagnostic' in parsed ? parsed.diagnostic : wrong, undefined, broken);
    expect(broken.slice(start)).toBe('"a": 2\n}');
  });
});
