/** How are amounts, days and names spoken, without a sign or a bracket? */
import { describe, expect, it } from 'vitest';
import { moneyAloud, nameAloud, periodAloud } from '#engine/explain/aloud/said-aloud.ts';
import { words, type Said } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';

const inBoth = ({ code, values }: Said): string[] => locales.map((locale) => words(locale).render(code, values));

describe('a figure is spoken', () => {
  it.each([
    ['4200', 'JPY', '4,200円', '4,200 yen'],
    ['-1.53', 'JPY', 'マイナス1.53円', 'minus 1.53 yen'],
    ['5000/3', 'JPY', '約1,666.67円', 'about 1,666.67 yen'],
    ['1', 'USD', '1米ドル', '1 US dollar'],
    ['12.5', 'USD', '12.50米ドル', '12.50 US dollars'],
    ['0.0825', 'USD', '0.0825米ドル', '0.0825 US dollars'],
    ['1000', 'KRW', '1,000ウォン', '1,000 won'],
  ])('%s %s as %s', (amount, currency, ja, en) => {
    expect(inBoth(moneyAloud(amount, currency))).toEqual([ja, en]);
  });

  it.each([
    ['2026-11-01', '2026-12-01', '11月分', 'November'],
    ['2026-11-01', '2026-11-02', '11月1日の分', '1 November'],
    ['2026-11-01', '2026-11-21', '11月1日から20日までの分', '1 to 20 November'],
    ['2026-10-21', '2026-11-21', '10月21日から11月20日までの分', '21 October to 20 November'],
    ['2025-12-21', '2026-01-21', '2025年12月21日から2026年1月20日までの分', '21 December 2025 to 20 January 2026'],
    ['2025-11-01', '2025-12-01', '2025年11月分', 'November 2025'],
  ])('the days from %s before %s as %s', (start, end, ja, en) => {
    expect(inBoth(periodAloud({ start, end }, '2026'))).toEqual([ja, en]);
  });

  it.each([
    ['通話料（国際）', '通話料、国際', 'Calls (abroad)', 'calls, abroad'],
    ['新生活 50% 割引', '新生活 50パーセント 割引', '50% off & more', '50 per cent off and more'],
    ['工事費 24,000 円', '工事費 24,000 円', 'SMS', 'SMS'],
  ])('the name %s as %s', (ja, spokenJa, en, spokenEn) => {
    expect(nameAloud({ ja, en })).toEqual({ ja: spokenJa, en: spokenEn });
  });
});
