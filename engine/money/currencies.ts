/**
 * How many decimals does an amount on paper have?
 * Also called: minor unit, currency exponent, ISO 4217, 補助単位, 通貨の小数桁数.
 */

/** Where ISO 4217 (list one) says something other than two. Currencies that are not named here have two. */
const digitsOtherThanTwo: ReadonlyMap<string, number> = new Map([
  ...[
    'BIF',
    'CLP',
    'DJF',
    'GNF',
    'ISK',
    'JPY',
    'KMF',
    'KRW',
    'PYG',
    'RWF',
    'UGX',
    'UYI',
    'VND',
    'VUV',
    'XAF',
    'XOF',
    'XPF',
  ].map((currency) => [currency, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((currency) => [currency, 3] as const),
  ...['CLF', 'UYW'].map((currency) => [currency, 4] as const),
]);

/** The number of decimals of a currency's smallest unit: JPY 0, USD 2, KWD 3. */
export function minorDigits(currency: string): number {
  return currency === 'JPY' ? 0 : (digitsOtherThanTwo.get(currency) ?? 2);
}
