/** How do amounts, days and rates look to a reader? */
import { describe, expect, it } from 'vitest';
import { amountText, dayText, moneyText, numberText, percentText } from '#schemas/messages/figures.ts';

describe('a figure', () => {
  it.each([
    ['ja', '1234567', 'JPY', '¥1,234,567'],
    ['ja', '-500', 'JPY', '−¥500'],
    ['en', '12.3', 'USD', '$12.30'],
    ['en', '0.0825', 'USD', '$0.0825'],
    ['ja', '5000/3', 'JPY', '5000/3 JPY'],
    ['ja', '999999999999999999', 'JPY', '¥999,999,999,999,999,999'],
    ['en', '1.5', 'KWD', 'KWD 1.500'],
  ] as const)('%s: %s %s reads %s', (locale, amount, currency, text) => {
    expect(moneyText(locale, amount, currency)).toBe(text);
  });

  it.each([
    ['2026-11-22', '2026/11/22', '22 Nov 2026', '2026年11月22日'],
    ['2026-01-05', '2026/1/5', '5 Jan 2026', '2026年1月5日'],
  ])('the day %s reads %s or %s', (day, ja, en, long) => {
    expect([dayText('ja', day), dayText('en', day), dayText('ja', day, 'long')]).toEqual([ja, en, long]);
  });

  it('names a month without a day', () => {
    expect([dayText('ja', '2026-11'), dayText('en', '2026-11'), dayText('en', '2026-11', 'long')]).toEqual([
      '2026年11月',
      'Nov 2026',
      'November 2026',
    ]);
  });

  it('keeps every digit of a number that no float could hold', () => {
    expect(numberText('en', '123456789012345678.123456789012')).toBe('123,456,789,012,345,678.123456789012');
  });

  it('stands in a column without its currency, but with its minor unit', () => {
    expect([amountText('ja', '-1500', 'JPY'), amountText('en', '12.3', 'USD')]).toEqual(['−1,500', '12.30']);
  });

  it('reads a rate as percent', () => {
    expect([percentText('ja', '0.10'), percentText('en', '0.105')]).toEqual(['10%', '10.5%']);
  });
});
