/**
 * How does a figure look to a reader? Amounts ¥1,234,567 and −¥500, days 2026/11/22 and 22 Nov 2026, numbers as precise as stored.
 * The value is decimal text throughout: nothing here passes through a binary float. Also called: 金額の表示, 日付の表示.
 */
import type { Locale } from './words.ts';

/** British day order: an invoice of 4/5 must not be read as 5 April. */
const tags = { ja: 'ja', en: 'en-GB' } as const satisfies Record<Locale, string>;

const numberFormats = new Map<string, Intl.NumberFormat>();
const dayFormats = new Map<string, Intl.DateTimeFormat>();

const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text);

/** `decimal` with its digits grouped and none lost; text that is no decimal ('5000/3') comes back as it is, with a real minus sign. */
export function numberText(locale: Locale, decimal: string, options: Intl.NumberFormatOptions = {}): string {
  if (!isDecimal(decimal)) return withMinusSign(decimal);
  const key = locale + JSON.stringify(options);
  const format =
    numberFormats.get(key) ?? new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 12, ...options });
  numberFormats.set(key, format);
  return withMinusSign(format.format(decimal as Intl.StringNumericLiteral)).replace('￥', '¥');
}

/** An amount with its currency: ('ja', '-500', 'JPY') is '−¥500', ('en', '12.3', 'USD') is '$12.30'. Digits beyond the minor unit stay. */
export function moneyText(locale: Locale, amount: string, currency: string): string {
  if (!isDecimal(amount)) return `${numberText(locale, amount)} ${currency}`;
  const paper = numberText(locale, amount, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...digits(amount, currency),
  });
  return paper.replace('\u00a0', ' ');
}

/** An amount for a column whose header names the currency: ('en', '-12.3', 'USD') is '−12.30'. */
export function amountText(locale: Locale, amount: string, currency: string): string {
  return isDecimal(amount) ? numberText(locale, amount, digits(amount, currency)) : numberText(locale, amount);
}

/** A rate as percent: '0.105' is '10.5%'. */
export function percentText(locale: Locale, rate: string): string {
  return numberText(locale, rate, { style: 'percent' });
}

/**
 * A civil day: '2026-11-22' is 2026/11/22 or 22 Nov 2026; the long form 2026年11月22日 or 22 November 2026.
 * A month: '2026-11' is 2026年11月 or Nov 2026, and November 2026 in the long form.
 */
export function dayText(locale: Locale, day: string, form: 'short' | 'long' = 'short'): string {
  const isMonth = /^\d{4}-\d\d$/.test(day);
  const [year, month, date] = (isMonth ? `${day}-01` : day).split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || !(year + month + date)) return day;
  const key = `${locale} ${form} ${isMonth ? 'month' : 'day'}`;
  const format =
    dayFormats.get(key) ??
    new Intl.DateTimeFormat(tags[locale], {
      timeZone: 'UTC',
      year: 'numeric',
      month: form === 'long' ? 'long' : locale === 'en' ? 'short' : isMonth ? 'long' : 'numeric',
      ...(!isMonth && { day: 'numeric' }),
    });
  dayFormats.set(key, format);
  return format.format(Date.UTC(year, month - 1, date));
}

function digits(amount: string, currency: string): Intl.NumberFormatOptions {
  const { minimumFractionDigits = 0 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const stored = amount.split('.')[1]?.length ?? 0;
  return {
    minimumFractionDigits,
    maximumFractionDigits: stored > minimumFractionDigits ? stored : minimumFractionDigits,
  };
}

function withMinusSign(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}
