/**
 * How is a figure spoken: an amount, a number, a day, a stretch of days, a name? In words, without a sign or a bracket.
 * Also called: read-aloud text, 読み上げ, 電話での言い方. Words: `aloud.*` in schemas/messages/aloud.{ja,en}.json.
 */
import { addDays, addMonths, firstOfMonth } from '#engine/calendar/civil-date.ts';
import { said, type SaidValue } from '#engine/explain/said.ts';
import { exact, fractionOf, toText } from '#engine/money/exact.ts';
import { roundToStep } from '#engine/money/rounding.ts';
import type { Localized, Period } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

export const aloud = (code: string, values: Readonly<Record<string, SaidValue>> = {}): Said =>
  said(`aloud.${code}`, values);

/** A sentence that is not said. */
export const silence: Said = { code: 'aloud.silence', plain: '' };

/** '5000/3' is 「約 1,666.67」, '-1.53' 「マイナス 1.53」. */
export function numberAloud(text: string): Said {
  const isFraction = text.includes('/');
  const number = isFraction ? toText(roundToStep(fractionOf(text), 'halfUp', exact('0.01'))) : text;
  const isNegative = number.startsWith('-');
  return aloud('number', {
    number: isNegative ? number.slice(1) : number,
    is: isFraction ? 'about' : 'exactly',
    sign: isNegative ? 'minus' : 'plus',
  });
}

/** '4200' is 「4,200 円」, 4,200 yen. */
export const moneyAloud = (amount: string, currency: string): Said =>
  aloud('money', {
    number: numberAloud(amount),
    amount: amount.replace('-', ''),
    currency,
    sign: amount.startsWith('-') ? 'minus' : 'plus',
    is: amount.includes('/') ? 'about' : 'exactly',
  });

/** The year is not said where it is `year`. */
export const dayAloud = (day: string, year: string): Said => aloud('day', { ...monthOf(day, year), day: ofDay(day) });

/** '2026-11' is 「11 月」. */
export const monthAloud = (month: string, year: string): Said => aloud('month', monthOf(month, year));

const monthOf = (day: string, year: string): Record<string, string> => ({
  year: day.slice(0, 4) === year ? 'none' : day.slice(0, 4),
  month: String(Number(day.slice(5, 7))),
});

const ofDay = (day: string): string => String(Number(day.slice(8)));

/** 「11 月」「11 月 1 日」「11 月 1 日から 20 日まで」「11 月 21 日から 12 月 20 日まで」 */
export function periodAloud({ start, end }: Period, year: string): Said {
  const last = addDays(end, -1);
  if (start === last) return aloud('period.day', { day: dayAloud(start, year) });
  if (start === firstOfMonth(start) && end === addMonths(start, 1))
    return aloud('period.month', { month: monthAloud(start.slice(0, 7), year) });
  if (firstOfMonth(start) === firstOfMonth(last))
    return aloud('period.within', { ...monthOf(start, year), first: ofDay(start), last: ofDay(last) });
  // Two years are both named.
  const other = start.slice(0, 4) === last.slice(0, 4) ? year : '';
  return aloud('period.days', { from: dayAloud(start, other), to: dayAloud(last, other) });
}

/** A name as it is spoken: brackets become a pause, signs become words. English names begin with a small letter. */
export function nameAloud({ ja, en }: Localized): Localized {
  const isWord = /^[A-Z][a-z’' -]/.test(en);
  const spoken = withoutSigns(en, signs.en);
  return { ja: withoutSigns(ja, signs.ja), en: isWord ? spoken.charAt(0).toLowerCase() + spoken.slice(1) : spoken };
}

const signs = {
  ja: { pause: '、', percent: 'パーセント', and: 'と', to: 'から' },
  en: { pause: ', ', percent: ' per cent', and: ' and ', to: ' to ' },
} as const;

function withoutSigns(name: string, { pause, percent, and, to }: (typeof signs)['ja' | 'en']): string {
  return name
    .replace(/\s*[%％]/g, percent)
    .replace(/\s*[&＆+＋]\s*/g, and)
    .replace(/\s*(?:[→〜～]|(?<=\d)[–-](?=\d))\s*/g, to)
    .replace(/\s*[（(［[「『“]\s*/g, pause)
    .replace(/\s*[）)］\]」』”]\s*$/g, '')
    .replace(/\s*[）)］\]」』”：;/／・]\s*/g, pause)
    .trim();
}
