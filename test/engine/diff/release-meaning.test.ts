/**
 * Can somebody who does not know the rules read what a release changes?
 * The spring revision of the demo carrier is golden text, in both languages; it was read and checked by hand against next-spring.ts.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseMeaning, type RulesetSet } from '#engine/diff/meaning/release-meaning.ts';
import { meaningText } from '#runtime/cli/meaning-text.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { carrier, nextSpring, nextVersionOf } from './next-spring.ts';

const without: ReadonlyMap<string, readonly Case[]> = new Map();
const set = (rulesets: readonly Ruleset[], cases = without): RulesetSet => ({ rulesets, cases });
const golden = (name: string): string => readFileSync(new URL(`golden/${name}.txt`, import.meta.url), 'utf8');

describe('a release', () => {
  it.each(['ja', 'en'] as const)('reads as sentences (%s)', (locale) => {
    const text = meaningText(releaseMeaning(set(carrier), set(nextSpring)), words(locale), true);
    expect(`${text}\n`).toBe(golden(`next-spring.${locale}`));
  });

  it('says nothing about itself, in whatever order its rulesets stand', () => {
    expect(releaseMeaning(set(nextSpring), set(nextSpring.toReversed()))).toEqual([]);
  });

  it('holds a new version against the one that it follows, and names what came, went and was taken back', () => {
    const second = nextVersionOf('rounding', 'yen-down', () => undefined);
    const kept = carrier.filter(({ kind }) => kind !== 'rounding');
    const versions = (before: readonly Ruleset[], after: readonly Ruleset[]) =>
      releaseMeaning(set(before), set(after)).map((change) => [change.id, change.before, change.after]);
    expect(versions(carrier, [...carrier, second])).toEqual([['yen-down', 1, 2]]);
    expect(versions([...carrier, second], carrier)).toEqual([['yen-down', 2, null]]);
    expect(versions(carrier, kept)).toEqual([['yen-down', 1, null]]);
    expect(versions(kept, carrier)).toEqual([['yen-down', null, 1]]);
  });

  it('tells which cases came, went, or expect other amounts', () => {
    const given = { customer: { id: 'c', type: 'individual' } } as unknown as Case['given'];
    const one = (en: string, total: string): Case => ({ it: { ja: en, en }, given, expect: { total } });
    const cases = (list: readonly Case[]) => set(carrier, new Map([['rounding/yen-down', list]]));
    const changes = releaseMeaning(
      cases([one('first', '100'), one('second', '200')]),
      cases([one('first', '110'), one('third', '300')]),
    );
    const { render } = words('en');
    expect(
      changes.flatMap(({ findings }) => findings).map(({ sentence }) => render(sentence.code, sentence.values)),
    ).toEqual(['Case “first” expects other amounts: total 100 → 110.', 'Case “third” is new.', 'Case “second” goes.']);
  });
});
