/**
 * What does a code say, in the reader's language?
 * The engine and the runtime speak in {code, values}; the words are here, for browser, command line and documents alike. Also called: 文言, 翻訳, i18n.
 */
import { IntlMessageFormat, type Formatters } from 'intl-messageformat';
import dictionary from '#schemas/facts/dictionary.json' with { type: 'json' };
import { dayText, numberText } from './figures.ts';
import { locales, subjects, type Locale } from './words.ts';

/** A name in both languages; a sentence says it in its own. */
export type LocalizedValue = Readonly<Record<Locale, string>>;

/** A sentence, or a part of one, that waits for a language. `plain` is said where the code has no words of its own. */
export interface Said {
  readonly code: string;
  readonly values?: MessageValues;
  readonly plain?: string;
}

/** What a sentence is filled with: text, decimal text, civil days, names, other sentences; a list is read out with commas. */
export type MessageValues = Readonly<
  Record<string, string | number | bigint | LocalizedValue | Said | readonly unknown[]>
>;

export interface Words {
  readonly locale: Locale;
  has(code: string): boolean;
  /** The sentence for `code`. A code without words, or a value that is missing, shows the code itself and never stops a page. */
  render(code: string, values?: MessageValues): string;
}

const cached = new Map<Locale, Words>();

export function words(locale: Locale): Words {
  const known = cached.get(locale) ?? wordsIn(locale);
  cached.set(locale, known);
  return known;
}

/** The first of `preferences` that we speak ('en-US', 'ja_JP.UTF-8'), else Japanese. */
export function preferredLocale(...preferences: readonly (string | null | undefined)[]): Locale {
  for (const preference of preferences) {
    const found = locales.find((locale) => preference?.toLowerCase().startsWith(locale));
    if (found !== undefined) return found;
  }
  return 'ja';
}

function wordsIn(locale: Locale): Words {
  const texts = new Map(Object.values(subjects).flatMap((subject) => Object.entries(subject[locale])));
  const compiled = new Map<string, IntlMessageFormat>();
  const say: Words = {
    locale,
    has: (code) => texts.has(code),
    render(code, values = {}) {
      const text = texts.get(code);
      if (text === undefined) return code;
      try {
        const message =
          compiled.get(code) ?? new IntlMessageFormat(text, locale, undefined, { formatters: formatters(locale) });
        compiled.set(code, message);
        return String(message.format(spoken(values, say)));
      } catch {
        return code;
      }
    },
  };
  return say;
}

function spoken(values: MessageValues, say: Words): Record<string, string | number | bigint> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, said(name === 'fact' ? factNamed(value) : value, say)]),
  );
}

const facts: Readonly<Record<string, { readonly label: LocalizedValue }>> = dictionary;

/** A fact is told by its label; an id that no fact has stays as it was written. */
const factNamed = (value: MessageValues[string]): MessageValues[string] =>
  typeof value === 'string' && Object.hasOwn(facts, value) ? facts[value]!.label : value;

function said(value: MessageValues[string], say: Words): string | number | bigint {
  if (typeof value !== 'object') return value;
  if (isList(value))
    return value.map((each) => said(each as MessageValues[string], say)).join(say.locale === 'ja' ? '、' : ', ');
  if ('ja' in value) return value[say.locale];
  return value.plain !== undefined && !say.has(value.code) ? value.plain : say.render(value.code, value.values);
}

const isList = (value: object): value is readonly unknown[] => Array.isArray(value);

/** `{amount, number}` and `{day, date}` take the decimal and date text that the product carries everywhere. */
function formatters(locale: Locale): Formatters {
  return {
    getNumberFormat: (_tags, options) =>
      ({
        format: (value: unknown) => numberText(locale, String(value), options as Intl.NumberFormatOptions),
      }) as Intl.NumberFormat,
    getDateTimeFormat: (_tags, options) =>
      ({
        format: (value: unknown) => dayText(locale, String(value), options?.month === 'long' ? 'long' : 'short'),
      }) as Intl.DateTimeFormat,
    getPluralRules: (tags, options) => new Intl.PluralRules(tags, options),
  };
}
