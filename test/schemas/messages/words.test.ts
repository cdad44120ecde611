/** Does the product say the same things in Japanese and in English? */
import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { preferredLocale, words } from '#schemas/messages/render.ts';
import { locales, subjects } from '#schemas/messages/words.ts';

const names = Object.keys(subjects);

type Elements = ReturnType<IntlMessageFormat['getAst']>;

const parse = (text: string): Elements => new IntlMessageFormat(text, 'en').getAst();

/**
 * Every placeholder of a message, those inside plural and select branches too. A text that an author wrote in both
 * languages comes as two values, such as lawJa and lawEn: each message says its own.
 */
function placeholders(elements: Elements): string[] {
  const found = elements.flatMap((element) => {
    if (element.type === 0 || element.type === 7) return [];
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => placeholders(option.value)) : [];
    return [element.value.replace(/(Ja|En)$/, ''), ...inner];
  });
  return [...new Set(found)].sort();
}

describe('the words', () => {
  it('come from every file of the folder', () => {
    const files = readdirSync(new URL('../../../schemas/messages/', import.meta.url)).filter((file) =>
      file.endsWith('.json'),
    );
    expect(files.sort()).toEqual(names.flatMap((name) => locales.map((locale) => `${name}.${locale}.json`)).sort());
  });

  it('say each code in one file only', () => {
    const codes = names.flatMap((name) => Object.keys(subjects[name]?.ja ?? {}));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each(names)('of %s have the same codes with the same placeholders in both languages', (name) => {
    const { ja = {}, en = {} } = subjects[name] ?? {};
    expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort());
    for (const [code, text] of Object.entries(ja)) {
      expect([code, ...placeholders(parse(en[code] ?? ''))]).toEqual([code, ...placeholders(parse(text))]);
      expect([code, /\{\w+En\b/.test(text), /\{\w+Ja\b/.test(en[code] ?? '')]).toEqual([code, false, false]);
    }
  });

  it('show the code when there are none, instead of stopping the page', () => {
    expect(words('ja').render('no.such-code', { amount: '1' })).toBe('no.such-code');
    expect(words('en').has('no.such-code')).toBe(false);
  });

  it('group the digits of an amount, write out a day, and lose no digit', () => {
    expect(words('ja').render('invoice.due', { day: '2026-11-30' })).toBe('お支払期日 2026年11月30日');
  });

  it('call a fact by its name, and what is no fact as it was written', () => {
    expect(words('en').render('diagnostic.fact-asked-twice', { fact: 'usage.band' })).toContain('Time band');
    expect(words('ja').render('diagnostic.unknown-fact', { fact: 'usage.bnd' })).toContain('usage.bnd');
  });

  it('say a name in the language of the reader', () => {
    const values = { before: { ja: 'スマホ S', en: 'Smartphone S' }, after: { ja: 'スマホ L', en: 'Smartphone L' } };
    expect(words('ja').render('contract.offering', values)).toBe('「スマホ S」から「スマホ L」へ変更');
    expect(words('en').render('contract.offering', values)).toBe('Changed from “Smartphone S” to “Smartphone L”');
  });

  it('show the code when a value is missing', () => {
    expect(words('ja').render('invoice.due')).toBe('invoice.due');
  });

  it('are Japanese unless the reader prefers English', () => {
    expect(preferredLocale('en-US')).toBe('en');
    expect(preferredLocale(undefined, 'ja_JP.UTF-8')).toBe('ja');
    expect(preferredLocale('C.UTF-8', 'fr')).toBe('ja');
  });
});
