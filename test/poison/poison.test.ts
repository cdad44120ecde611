/**
 * Is whatever anybody writes accepted or refused with its reason, within a second and 64 megabytes?
 * The files lie beside this one; `table.ts` says what becomes of each.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { everyThread, Guard } from '#runtime/guard/guard.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from '../engine/rulesets/sound-set.ts';
import { rulesetsOf } from '../rulesets/shipped.ts';
import { largeForms, largeRulesets, largeTables } from './large.ts';
import type { Outcome, Poison } from './poison.worker.ts';
import { accounts, forms, rulesets } from './table.ts';

const worker = new URL('./poison.worker.ts', import.meta.url);
const second = 1_000;
/** What somebody wrote has 64 MB, old and young; the product's own code and tables, there before it, come on top as in the product. */
const megabytes = 64 - everyThread.youngMegabytes;
/** A second of work may take many on a machine with much else to do: the thread counts its own. */
const guard = new Guard<Poison, Outcome>(worker, { milliseconds: 30 * second, megabytes });
const hasty = new Guard<Poison, Outcome>(worker, { milliseconds: second, megabytes });
afterAll(() => Promise.all([guard.close(), hasty.close()]));

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const sound: readonly Ruleset[] = Object.values(soundSet());
const pantry = rulesetsOf('kanade-pantry');
const [rounding] = pantry.filter(({ kind }) => kind === 'rounding') as [Ruleset];

async function became(poison: Poison, expected: string): Promise<string> {
  const tooMuch = 'too-much-work';
  const answer = await (expected === tooMuch ? hasty : guard).run(poison);
  if ('beyond' in answer) return tooMuch;
  const { code, workedMs } = answer.result;
  return workedMs <= second ? code : `${code} after ${workedMs} ms`;
}

const ofRuleset = (text: string): Poison => ({ is: 'draft', text, cases: [], others: sound });

/** An account document is what a case gives. */
const ofAccount = (text: string): Poison => ({
  is: 'draft',
  text: JSON.stringify(rounding),
  cases: [{ id: 'given', text: `{"it":{"ja":"x","en":"x"},"given":${text},"expect":{"total":"0"}}` }],
  others: pantry.filter((each) => each !== rounding),
});

const ofTable = (text: string): Poison => ({ is: 'table', file: new TextEncoder().encode(text) });

const ofForm = (source: string): Poison => ({ is: 'form', source });

describe.each([
  ['ruleset', 'rulesets', '.json', rulesets, ofRuleset],
  ['account document', 'accounts', '.json', accounts, ofAccount],
  ['form', 'forms', '.hbs', forms, ofForm],
] as const)('a %s', (_what, folder, ending, table, poison) => {
  it.each(Object.entries(table))('such as %s is told %s', async (file, code) => {
    expect(await became(poison(read(`${folder}/${file}${ending}`)), code)).toBe(code);
  });

  it('that lies here is in the table', () => {
    const files = readdirSync(new URL(folder, import.meta.url)).map((file) => file.slice(0, -ending.length));
    expect(files.sort()).toEqual(Object.keys(table).sort());
  });
});

describe('what is too large for a file', () => {
  it.each(largeRulesets)('such as a ruleset with %s is told %s', async (_what, code, text) => {
    expect(await became(ofRuleset(text()), code)).toBe(code);
  });

  it.each(largeForms)('such as a form with %s is told %s', async (_what, code, text) => {
    expect(await became(ofForm(text()), code)).toBe(code);
  });

  it.each(largeTables)('such as a file of a table with %s is told %s', async (_what, code, text) => {
    expect(await became(ofTable(text()), code)).toBe(code);
  });
});
