/**
 * Which rules does an operator need before the first plan? Also called: initial settings, 初期設定, 締め日, 消費税.
 * Tax, rounding, billing cycle and invoice, from the answers of the first-run page. From then on they are rulesets like all others.
 */
import type { RoundingMode, Ruleset } from '#schemas/generated/types.ts';

export interface FirstRules {
  readonly currency: string;
  /** 31 is the end of the month. */
  readonly closingDay: number;
  readonly due: { readonly monthsAfter: number; readonly day: number };
  /** How tax is rounded, once per rate on each bill. */
  readonly taxRounding: RoundingMode;
  /** Japanese consumption tax, or no tax at all. */
  readonly tax: 'japan' | 'none';
}

/** The rates of today came into force on this day; nothing earlier will be billed here. */
const from = '2019-10-01';
const effective = { from, to: null };
const reason = '最初の設定。 / First set-up.';

export function firstRulesets({ currency, closingDay, due, taxRounding, tax }: FirstRules): Ruleset[] {
  const rates = {
    japan: [rate('standard', '0.10'), rate('reduced', '0.08')],
    none: [rate('standard', '0'), rate('reduced', '0')],
  };
  const envelope = { version: 1, effective, reason };
  return [
    {
      ...envelope,
      kind: 'tax',
      id: 'tax',
      name: tax === 'japan' ? { ja: '消費税', en: 'Consumption tax' } : { ja: '税なし', en: 'No tax' },
      body: { rounding: taxRounding, dateOfSupply: 'lastDay', rates: rates[tax] },
    },
    {
      ...envelope,
      kind: 'rounding',
      id: 'rounding',
      name: { ja: '端数切り捨て', en: 'Rounded down' },
      body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
    },
    {
      ...envelope,
      kind: 'invoiceTemplate',
      id: 'invoice',
      name: { ja: '請求書', en: 'Invoice' },
      body: {
        template: 'invoice',
        title: { ja: '請求書', en: 'Invoice' },
        message: { ja: 'いつもご利用いただき、ありがとうございます。', en: 'Thank you for being our customer.' },
      },
    },
    {
      ...envelope,
      kind: 'billingCycle',
      id: 'monthly',
      name: { ja: '毎月', en: 'Monthly' },
      body: { currency, closingDay, tax: 'tax', rounding: 'rounding', invoiceTemplate: 'invoice', due },
    },
  ];
}

function rate(category: 'standard' | 'reduced', value: string) {
  return { category, from, to: null, rate: value } as const;
}
