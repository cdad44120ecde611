/**
 * What did somebody enter on the first-run page?
 * Also called: set-up form, 初期設定の入力.
 */
import type { OperatorToSetUp } from '#runtime/services/set-up-operator.ts';
import type { Locale } from '#schemas/messages/words.ts';

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
/** Empty is no number at all, and is refused as one. */
const wholeOf = (form: FormData, name: string): number =>
  textOf(form, name) === '' ? Number.NaN : Number(textOf(form, name));

export function operatorOf(form: FormData, locale: Locale): OperatorToSetUp {
  const number = textOf(form, 'registrationNumber').normalize('NFKC').toUpperCase();
  return {
    name: { ja: textOf(form, 'nameJa'), en: textOf(form, 'nameEn') },
    address: { ja: textOf(form, 'addressJa'), en: textOf(form, 'addressEn') },
    registrationNumber: number === '' ? null : number,
    zone: textOf(form, 'zone'),
    rules: {
      currency: textOf(form, 'currency'),
      closingDay: wholeOf(form, 'closingDay'),
      due: { monthsAfter: wholeOf(form, 'dueMonthsAfter'), day: wholeOf(form, 'dueDay') },
      taxRounding: textOf(form, 'taxRounding') as OperatorToSetUp['rules']['taxRounding'],
      tax: textOf(form, 'tax') as OperatorToSetUp['rules']['tax'],
    },
    administrator: {
      name: textOf(form, 'administratorName'),
      email: textOf(form, 'email'),
      password: String(form.get('password') ?? ''),
      locale,
    },
  };
}

/** All that was typed but the password, so that nothing has to be typed twice. */
export function typedFields(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].filter(([name]) => name !== 'password').map(([name, value]) => [name, String(value)]),
  );
}
