/**
 * Do the rules fit the currencies that are billed in? Also called: currency mismatch, 通貨の不一致.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, dividedBy, exact } from '#engine/money/exact.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import type { ConditionNode, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { conditionsOf } from './conditions.ts';

export const checkCurrencies: Check = (ruleset, known, report) => {
  if (!known.isWhole('billingCycle')) return;
  const billed = new Set(known.ofKind('billingCycle').map(({ body }) => body.currency));
  for (const { condition, path } of conditionsOf(ruleset)) {
    for (const { currency, at } of currenciesIn(condition, path)) {
      if (billed.size > 0 && !billed.has(currency))
        report('currency-not-billed', at, { currency, billed: [...billed].join(', ') });
    }
  }
  checkStep(ruleset, known, report);
};

/** An amount is paid in whole units of its currency: steps between two of them round twice. */
function checkStep(ruleset: Ruleset, known: Known, report: Parameters<Check>[2]): void {
  if (ruleset.kind !== 'rounding' || ruleset.body.line.step === undefined) return;
  const { step } = ruleset.body.line;
  const users = known.ofKind('billingCycle').filter(({ body }) => body.rounding === ruleset.id);
  const currency = users.map(({ body }) => body.currency).find((each) => !isWholeNumberOfUnits(step, each));
  if (currency !== undefined) report('rounding-step-not-payable', '/body/line/step', { step, currency });
}

function isWholeNumberOfUnits(step: string, currency: string): boolean {
  const digits = minorDigits(currency);
  const unit = exact(digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`);
  return dividedBy(exact(step), unit).d === 1n && compare(exact(step), unit) >= 0;
}

interface Named {
  readonly currency: string;
  readonly at: string;
}

function currenciesIn(node: ConditionNode, path: string): readonly Named[] {
  if ('all' in node) return node.all.flatMap((each, index) => currenciesIn(each, below(path, 'all', index)));
  if ('any' in node) return node.any.flatMap((each, index) => currenciesIn(each, below(path, 'any', index)));
  if ('not' in node) return currenciesIn(node.not, below(path, 'not'));
  if (node.fact !== 'account.currency' || !['equal', 'notEqual', 'in', 'notIn'].includes(node.operator)) return [];
  const at = below(path, 'value');
  return Array.isArray(node.value)
    ? node.value.map((currency, index) => ({ currency, at: below(at, index) }))
    : typeof node.value === 'string'
      ? [{ currency: node.value, at }]
      : [];
}
