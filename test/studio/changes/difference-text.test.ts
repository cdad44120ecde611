/** Does what was changed read in the reader's words, and does it say which way the price goes? */
import { describe, expect, it } from 'vitest';
import { readDifferences } from '#engine/diff/read-differences.ts';
import { directionOf, fieldOf, valueText, type Direction } from '#lib/changes/difference-text.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

describe('a value', () => {
  it.each<readonly [string, Parameters<typeof valueText>[0], string, string]>([
    // value                        in Japanese      because
    ['price', '12800', '12,800', 'figures are grouped'],
    ['from', '2027-01-01', '2027/1/1', 'days are days'],
    ['to', null, 'なし', 'nothing is said in a word'],
    ['reason', '', 'なし', 'an empty text is nothing'],
    ['name', { ja: '基本料', en: 'Basic fee' }, '基本料', 'a name is in the language of the reader'],
    ['charges', { id: 'base', name: { ja: '基本料', en: 'Basic fee' } }, '基本料', 'a row is known by its name'],
    ['offerings', ['a', 'b'], 'a、b', 'a list is read out'],
    [
      'when',
      [...'abcdefghijklmn'],
      'a、b、c、d、e、f、g、h、i、j、k、l、ほか 2 件',
      'of a long list, what a glance can hold',
    ],
  ])('of %s, %j, reads %s, since %s', (name, value, text) => {
    expect(valueText(value, name, 'ja')).toBe(text);
  });
});

describe('a figure that changes', () => {
  it.each<readonly [RulesetKind, string, string, string, Direction | undefined, string]>([
    // kind        field      was     is      goes       because
    ['ratePlan', 'price', '900', '1000', 'dearer', 'a higher price is paid'],
    ['ratePlan', 'price', '1000', '900', 'cheaper', 'a lower price is paid'],
    ['campaign', 'percent', '30', '50', 'cheaper', 'more is taken off'],
    ['campaign', 'percent', '50', '30', 'dearer', 'less is taken off'],
    ['penalty', 'amount', '9500', '950', 'cheaper', 'a penalty is paid'],
    ['ratePlan', 'size', '30', '60', undefined, 'a step says nothing of the price by itself'],
    ['ratePlan', 'price', '900', '900.0', undefined, 'it is the same amount'],
  ])('in a %s: %s from %s to %s is %s, since %s', (kind, field, before, after, direction) => {
    const [difference] = readDifferences('Ruleset', { [field]: before }, { [field]: after });
    expect(fieldOf(difference!)).toBe(field);
    expect(directionOf(difference!, kind)).toBe(direction);
  });
});
