/**
 * Do the rules fit the currencies that are billed in? Also called: currency mismatch, 通貨の不一致.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, dividedBy, exact, type Exact } from '#engine/money/exact.ts';
import { minorDigits } from '#engine/money/currencies.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { BillingCycleRuleset, ConditionNode, Rounding, Ruleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { conditionsOf } from './conditions.ts';
import { fixedAmounts } from './fixed-amounts.ts';

export const checkCurrencies: Check = (ruleset, known, report) => {
  if (!known.isWhole('billingCycle')) return;
  const billed = new Set(known.ofKind('billingCycle').map(({ body }) => body.currency));
  for (const { condition, path } of conditionsOf(ruleset)) {
    for (const { currency, at } of currenciesIn(condition, path)) {
      if (billed.size > 0 && !billed.has(currency))
        report('currency-not-billed', at, { currency, billed: [...billed].join(', ') });
    }
  }
  checkSteps(ruleset, known, report);
  checkPayable(ruleset, billed, known, report);
  checkAsked(ruleset, currenciesNow(known), report);
};

/** Of each billing cycle, the currency of its last version. */
const currenciesNow = preparedOnce((known: Known): ReadonlySet<string> => {
  const cycles = Map.groupBy(known.ofKind('billingCycle'), ({ id }) => id);
  return new Set([...cycles.values()].map((versions) => lastOf(versions).body.currency));
});

const lastOf = (versions: readonly BillingCycleRuleset[]): BillingCycleRuleset =>
  versions.reduce((last, each) => (each.version > last.version ? each : last));

/** Prices have no currency of their own: what is billed in two costs the same figure in both. */
function checkAsked(ruleset: Ruleset, billed: ReadonlySet<string>, report: Report): void {
  if (billed.size < 2 || ruleset.kind !== 'offering' || asksCurrency(ruleset.body.eligibility)) return;
  report('currency-not-asked', ruleset.body.eligibility === undefined ? '/body' : '/body/eligibility', {
    currencies: [...billed].toSorted().join(', '),
  });
}

/** A billing cycle has one currency, so that naming the cycle says it too. */
function asksCurrency(node: ConditionNode | undefined): boolean {
  if (node === undefined) return false;
  if ('fact' in node) return node.fact === 'account.currency' || node.fact === 'account.billingCycle';
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : [node.not];
  return parts.some(asksCurrency);
}

/** An amount is paid in whole units of its currency: steps between two of them round twice. */
function checkSteps(ruleset: Ruleset, known: Known, report: Report): void {
  for (const { step, path, currencies } of stepsOf(ruleset, known)) {
    const currency = currencies.find((each) => !isWholeNumberOfUnits(step, each));
    if (currency !== undefined) report('rounding-step-not-payable', path, { step, currency });
  }
}

interface Step {
  readonly step: string;
  readonly path: string;
  readonly currencies: readonly string[];
}

function stepsOf(ruleset: Ruleset, known: Known): readonly Step[] {
  const cycles = known.ofKind('billingCycle');
  const all = cycles.map(({ body }) => body.currency);
  const stepIn = (rounding: Rounding | undefined, path: string, currencies: readonly string[]): readonly Step[] =>
    rounding?.step === undefined ? [] : [{ step: rounding.step, path: below(path, 'step'), currencies }];
  switch (ruleset.kind) {
    case 'rounding': {
      const users = cycles.filter(({ body }) => body.rounding === ruleset.id).map(({ body }) => body.currency);
      return stepIn(ruleset.body.line, '/body/line', users);
    }
    case 'billingCycle':
      return stepIn(ruleset.body.lateInterest?.rounding, '/body/lateInterest/rounding', [ruleset.body.currency]);
    case 'ratePlan':
      return ruleset.body.charges.flatMap((charge, index) =>
        stepIn(charge.rounding, below('/body/charges', index, 'rounding'), all),
      );
    default:
      return [];
  }
}

/** What is charged as it stands can be paid as it stands; where lines are not rounded one by one, parts of a unit may add up. */
function checkPayable(ruleset: Ruleset, billed: ReadonlySet<string>, known: Known, report: Report): void {
  if (billed.size === 0 || !known.isWhole('rounding')) return;
  if (known.ofKind('rounding').some(({ body }) => body.lineRounding === 'bill')) return;
  for (const { amount, path } of fixedAmounts(ruleset)) {
    const currency = [...billed].find((each) => !isPayable(amount, each));
    if (currency !== undefined) report('amount-not-payable', path, { amount, currency });
  }
}

const isPayable = (amount: string, currency: string): boolean => dividedBy(exact(amount), unitOf(currency)).d === 1n;

function isWholeNumberOfUnits(step: string, currency: string): boolean {
  return isPayable(step, currency) && compare(exact(step), unitOf(currency)) >= 0;
}

function unitOf(currency: string): Exact {
  const digits = minorDigits(currency);
  return exact(digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`);
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
