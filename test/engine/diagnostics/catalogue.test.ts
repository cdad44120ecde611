/** Is every diagnostic of use: provoked by a case, the only thing said of it, with words in both languages? */
import { describe, expect, it } from 'vitest';
import { catalogue } from '#engine/diagnostics/catalogue.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { words } from '#schemas/messages/render.ts';
import { locales, subjects } from '#schemas/messages/words.ts';
import { said, told } from '../compliance/lawful-set.ts';
import { limits } from '../compliance/limits.ts';
import { notTold } from '../compliance/not-told.ts';
import { bent } from '../rulesets/sound-set.ts';
import { fees, partMonths, prices, tables, tax } from './cases/amounts.ts';
import { beside } from './cases/beside.ts';
import { conditions } from './cases/conditions.ts';
import { discounts } from './cases/discounts.ts';
import { form } from './cases/form.ts';
import { existingCustomers, identity, references } from './cases/identity-and-references.ts';
import { currencies, meters } from './cases/meters.ts';
import type { Case } from './cases/provoke.ts';
import { reading } from './cases/reading.ts';
import { inversions, takenOff, twoWriters } from './cases/two-writers.ts';
import { unused } from './cases/unused.ts';
import { rowsTogether } from './cases/rows-together.ts';

const law: readonly Case[] = [...limits, ...notTold].map(({ rule, code, at, values, beyond }) => ({
  code,
  when: rule,
  path: at.split(' ')[1] ?? '',
  values: { ...values, ...said },
  found: () => told(beyond),
}));

const cases = [
  ...reading,
  ...form,
  ...identity,
  ...existingCustomers,
  ...references,
  ...conditions,
  ...prices,
  ...partMonths,
  ...tables,
  ...meters,
  ...currencies,
  ...rowsTogether,
  ...tax,
  ...fees,
  ...discounts,
  ...twoWriters,
  ...inversions,
  ...takenOff,
  ...unused,
  ...beside,
  ...law,
];

const codes = Object.keys(catalogue);

describe('an author', () => {
  it('of sound rulesets is told nothing', () => {
    expect(checkRulesets(bent(() => undefined))).toEqual([]);
  });

  it.each(cases)('of $when is told $code and nothing else', ({ code, path, values, found }) => {
    const [first, ...others] = found();
    expect(first).toMatchObject({ code, severity: catalogue[code], path });
    expect(first?.values).toEqual(values);
    expect(others).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('holds only what some case provokes', () => {
    const provoked = new Set<string>(cases.map(({ code }) => code));
    expect(codes.filter((code) => !provoked.has(code))).toEqual([]);
  });

  it('has words and a remedy for each code in both languages, and no words without a code', () => {
    const wanted = codes.flatMap((code) => [`diagnostic.${code}`, `diagnostic.${code}.remedy`]).sort();
    for (const locale of locales) {
      expect(Object.keys(subjects['diagnostics']?.[locale] ?? {}).sort(), locale).toEqual(wanted);
    }
  });

  it.each(locales)('says every case in %s, values and all', (locale) => {
    const { render } = words(locale);
    for (const { code, when, values } of cases) {
      for (const key of [`diagnostic.${code}`, `diagnostic.${code}.remedy`]) {
        // A code that shows itself lacks a value that its words ask for.
        expect(render(key, values), `${key} when ${when}`).not.toBe(key);
      }
    }
  });
});
