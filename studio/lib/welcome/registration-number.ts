/**
 * Does a qualified invoice issuer's number add up? T and thirteen digits, the first of which checks the other twelve.
 * Also called: 登録番号, 適格請求書発行事業者, 法人番号, check digit, 検査用数字.
 */

export type RegistrationNumber = 'right' | 'wrongForm' | 'wrongCheckDigit';

/** 'T7000012050002', the number of the National Tax Agency, is right: 9 − (11 mod 9) = 7. */
export function judgedNumber(text: string): RegistrationNumber {
  const digits = /^T(\d)(\d{12})$/.exec(text);
  if (digits === null) return 'wrongForm';
  const [, check = '', rest = ''] = digits;
  // From the right, every second digit counts twice.
  const sum = [...rest].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 2), 0);
  return Number(check) === 9 - (sum % 9) ? 'right' : 'wrongCheckDigit';
}
