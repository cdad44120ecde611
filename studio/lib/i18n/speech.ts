/**
 * How does a screen speak to the person in front of it? Words, amounts, days and times in their language.
 * Also called: i18n, translation, formatting, 表示言語, 文言.
 */
import { createContext } from 'svelte';
import { addDays } from '#engine/calendar/civil-date.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import type { Period } from '#schemas/generated/types.ts';
import { dayText, moneyText, numberText, percentText } from '#schemas/messages/figures.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import customersScreens from '#schemas/messages/customers-screens.ja.json' with { type: 'json' };
import specialTermsScreens from '#schemas/messages/special-terms-screens.ja.json' with { type: 'json' };
import screens from '#schemas/messages/screens.ja.json' with { type: 'json' };
import { openPeriodText } from './periods.ts';
import type { Locale } from '#schemas/messages/words.ts';

type WithoutRoom<Code> = Code extends `screen.${infer Rest}` ? Rest : never;

/** The code of a word on a screen, without its room: 'nav.home' for 'screen.nav.home'. */
export type ScreenKey = WithoutRoom<
  keyof typeof screens | keyof typeof customersScreens | keyof typeof specialTermsScreens
>;

type NamesIn<Room extends string, Key> = Key extends `${Room}.${infer Name}` ? Name : never;

/** The roles that have a name on the screens. */
export type RoleName = NamesIn<'role', ScreenKey>;

const tags = { ja: 'ja-JP', en: 'en-GB' } as const;

export interface Speech {
  readonly locale: Locale;
  /** A word or sentence of the screens. */
  t(key: ScreenKey, values?: MessageValues): string;
  /** A sentence that the engine or the runtime handed over as {code, values}. */
  say(sentence: { readonly code: string; readonly values?: MessageValues }): string;
  /** Whether a code that came from outside the screens has words. */
  knows(code: string): boolean;
  /** The name in this language. */
  name(localized: { readonly ja: string; readonly en: string }): string;
  /** '¥4,200', '−¥500', '$12.30'. */
  money(amount: string, currency: string): string;
  /** The same of a difference: more has its plus sign, nothing has none. */
  difference(amount: string, currency: string): string;
  /** The figure alone, for columns whose header names the currency. */
  amount(amount: string, currency: string): string;
  number(decimal: string | number | bigint): string;
  percent(rate: string): string;
  /** 2026/11/22 or 22 Nov 2026. */
  day(date: string): string;
  /** 2026/11/22 (日) or Sun 22 Nov 2026. */
  dayOfWeek(date: string): string;
  /** A half-open period by its last day of service: 2026/11/1〜2026/11/30. */
  period(period: Period): string;
  /** 「2026/11/1 から」, or to the last day in force when there is one. */
  openPeriod(from: string, to: string | null): string;
  /** 2026年11月 or November 2026. */
  month(month: string): string;
  /** The day and minute of an instant in the operator's zone. */
  instant(instant: Date | string): string;
  /** The minute of an instant in the operator's zone. */
  time(instant: Date | string): string;
}

export const [useSpeech, provideSpeech] = createContext<Speech>();

/** Speech in the language that `locale` names at the time of speaking; instants are told in `zone`. */
export function speechIn(locale: () => Locale, zone: () => string): Speech {
  return {
    get locale() {
      return locale();
    },
    t: (key, values) => words(locale()).render(`screen.${key}`, values),
    say: (sentence) => words(locale()).render(sentence.code, sentence.values),
    knows: (code) => words(locale()).has(code),
    name: (localized) => localized[locale()],
    money: (amount, currency) => moneyText(locale(), amount, currency),
    difference: (amount, currency) =>
      `${!amount.startsWith('-') && /[1-9]/.test(amount) ? '+' : ''}${moneyText(locale(), amount, currency)}`,
    amount: (amount, currency) =>
      numberText(locale(), amount, { minimumFractionDigits: decimalsShown(amount, currency) }),
    number: (decimal) => numberText(locale(), String(decimal)),
    percent: (rate) => percentText(locale(), rate),
    day: (date) => dayText(locale(), date),
    dayOfWeek: (date) => withWeekday(locale(), date),
    period: ({ start, end }) =>
      [start, addDays(end, -1)].map((date) => dayText(locale(), date)).join(locale() === 'ja' ? '〜' : ' – '),
    openPeriod: (from, to) => openPeriodText(locale(), from, to),
    month: (month) => monthText(locale(), month),
    time: (instant) => timeText(locale(), zone(), instant),
    instant: (instant) => instantText(locale(), zone(), instant),
  };
}

/** As many decimals as the currency has on paper, or as many as the amount carries when those are more. */
function decimalsShown(amount: string, currency: string): number {
  return Math.max(minorDigits(currency), amount.split('.')[1]?.length ?? 0);
}

function withWeekday(locale: Locale, date: string): string {
  const weekday = new Intl.DateTimeFormat(tags[locale], { weekday: 'short', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
  return locale === 'ja' ? `${dayText(locale, date)} (${weekday})` : `${weekday} ${dayText(locale, date)}`;
}

function monthText(locale: Locale, month: string): string {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  if (Number.isNaN(first)) return month;
  return new Intl.DateTimeFormat(tags[locale], { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(first);
}

function instantText(locale: Locale, zone: string, instant: Date | string): string {
  const date = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });
  return `${dayText(locale, date.format(new Date(instant)))} ${timeText(locale, zone, instant)}`;
}

function timeText(locale: Locale, zone: string, instant: Date | string): string {
  return new Intl.DateTimeFormat(tags[locale], { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(
    new Date(instant),
  );
}
