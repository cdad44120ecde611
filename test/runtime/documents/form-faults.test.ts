/** Is whoever writes a form told in words what it may not hold? Each of the poisoned forms says so in both languages. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileForm } from '#runtime/documents/form.ts';
import { FormFault } from '#runtime/documents/plain-form.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';

const folder = fileURLToPath(new URL('../../poison/forms/', import.meta.url));
const forms = globSync('*.hbs', { cwd: folder }).sort();
const partials: Readonly<Record<string, string>> = { itself: '<p>{{> other}}</p>', other: '{{> itself}}' };

function faultOf(file: string): FormFault | undefined {
  try {
    compileForm(readFileSync(folder + file, 'utf8'), '', (name) => {
      if (!Object.hasOwn(partials, name)) throw new Error('not there');
      return partials[name]!;
    });
    return undefined;
  } catch (fault) {
    if (fault instanceof FormFault) return fault;
    throw fault;
  }
}

const faults = forms.flatMap((file) => faultOf(file) ?? []);

describe('a form that may not be laid out', () => {
  it('is said so in words, in both languages, with nothing left out', () => {
    expect(new Set(faults.map(({ code }) => code)).size).toBeGreaterThan(6);
    for (const { code, values } of faults) {
      for (const locale of locales) {
        const text = words(locale).render(`refusal.${code}`, values as MessageValues);
        expect([text, /refusal\.|\{\w+[,}]|undefined/.test(text)]).toEqual([text, false]);
      }
    }
  });

  it('names what it calls, and the line from which it cannot be read', () => {
    const said = (source: string): string => {
      try {
        compileForm(source, '', () => '');
        return 'laid out';
      } catch (fault) {
        return words('en').render(`refusal.${(fault as FormFault).code}`, (fault as FormFault).values as MessageValues);
      }
    };
    expect(said('<p>{{lookup this name}}</p>')).toContain('“lookup”');
    expect(said('<p>\n\n{{#if a}}{{/each}}</p>')).toContain('line 3');
    expect(said('<p>{{name}}</p>')).toBe('laid out');
  });
});
