/**
 * Which customer did somebody enter in the form?
 * What was left blank is left out. Also called: customer form, 顧客登録の入力.
 */
import type { CustomerEntry } from '#schemas/generated/types.ts';

export function customerEntryOf(form: FormData): CustomerEntry {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const optional = <K extends string>(key: K): { readonly [P in K]?: string } =>
    text(key) === '' ? {} : ({ [key]: text(key) } as { readonly [P in K]?: string });
  return {
    name: text('name'),
    kana: text('kana'),
    type: text('type') === 'corporate' ? 'corporate' : 'individual',
    ...optional('segment'),
    ...optional('birthDate'),
    account: {
      legalEntity: text('legalEntity'),
      billingCycle: text('billingCycle'),
      ...optional('from'),
      ...optional('billToName'),
      billToAddress: text('billToAddress'),
    },
  };
}
