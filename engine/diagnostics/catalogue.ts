/**
 * What can an author be told about a ruleset?
 * Every code with its severity. The words, what is wrong and what to do about it, stand in
 * `schemas/messages/diagnostics.{ja,en}.json` under `diagnostic.<code>` and `diagnostic.<code>.remedy`.
 * Also called: lint, validation message, 検査, エラー, 警告.
 */
import type { Diagnostic } from '#schemas/generated/types.ts';

/** An `error` stops publishing; a `warning` asks author and approver to look; a `hint` says what may not be obvious. */
export const catalogue = {
  // Reading the text
  'document-too-large': 'error',
  'malformed-json': 'error',
  'duplicate-key': 'error',
  'forbidden-key': 'error',
  'nested-too-deep': 'error',
  'file-in-wrong-place': 'error',

  // The form that the schema asks for
  'required-field-missing': 'error',
  'unknown-field': 'error',
  'wrong-type': 'error',
  'value-not-allowed': 'error',
  'choice-missing': 'error',
  'choice-ambiguous': 'error',
  'nothing-set': 'error',
  'decimal-as-number': 'error',
  'not-a-decimal': 'error',
  'below-zero': 'error',
  'not-above-zero': 'error',
  'not-a-percentage': 'error',
  'not-a-date': 'error',
  'not-a-date-time': 'error',
  'not-a-month': 'error',
  'not-a-currency': 'error',
  'not-an-identifier': 'error',
  'malformed-name': 'error',
  'out-of-range': 'error',
  'text-empty': 'error',
  'text-too-long': 'error',
  'too-few-entries': 'error',
  'too-many-entries': 'error',

  // Identity and dates
  'duplicate-version': 'error',
  'duplicate-id': 'error',
  'duplicate-entry': 'error',
  'period-reversed': 'error',
  'version-gap': 'warning',
  'version-cut-short': 'warning',
  'version-never-in-force': 'warning',
  'closing-day-changed': 'error',
  'closing-changed': 'error',
  'currency-changed': 'error',

  // Customers who have it already
  'no-term-renews': 'warning',
  'existing-date-too-early': 'warning',
  'existing-without-effect': 'warning',
  'fact-never-known': 'warning',

  // References
  'bill-needs': 'warning',
  'unknown-reference': 'error',
  'reference-not-in-force': 'error',
  'reference-to-itself': 'error',
  'reference-cycle': 'warning',
  'currency-not-billed': 'warning',
  'currency-not-asked': 'warning',
  'unknown-charge': 'error',
  'unknown-service': 'error',
  'unknown-discount': 'error',
  'also-applies-price': 'error',
  'discount-ambiguous': 'warning',

  // Conditions
  'condition-too-deep': 'error',
  'condition-too-large': 'error',
  'unknown-fact': 'error',
  'fact-out-of-place': 'error',
  'operator-not-for-fact': 'error',
  'value-not-for-operator': 'error',
  'range-reversed': 'error',
  'absent-fact-negated': 'hint',
  'condition-never-holds': 'warning',
  'condition-always-holds': 'warning',

  // Prices and bounds
  'tier-not-rising': 'error',
  'tier-unreachable': 'error',
  'last-tier-bounded': 'error',
  'price-inversion': 'warning',
  'penalty-rises': 'warning',
  'floor-above-ceiling': 'error',
  'minimum-above-cap': 'error',
  'bound-without-amount': 'error',
  'own-closing-not-at-month-end': 'error',
  'suspension-fee-missing': 'error',
  'setting-without-effect': 'warning',
  'rounding-step-not-payable': 'warning',
  'amount-not-payable': 'hint',

  // Two that write the same thing
  'use-charged-twice': 'warning',
  'use-never-charged': 'warning',
  'fee-charged-twice': 'warning',
  'minimum-above-wider-cap': 'warning',
  'bounds-share-charge': 'warning',
  'penalty-owed-twice': 'warning',
  'balance-owed-twice': 'warning',
  'required-and-excluded': 'error',
  'coupon-code-shared': 'error',
  'stacking-policies-differ': 'warning',
  'stacking-group-alone': 'warning',
  'all-in-price-twice': 'warning',
  'tax-reliefs-meet': 'error',
  'record-read-twice': 'warning',

  // The rows of a price table, taken together
  'table-gap': 'warning',
  'table-open': 'hint',
  'rows-overlap': 'error',
  'row-unreachable': 'error',
  'row-needless': 'hint',
  'hit-policy-unused': 'hint',
  'hit-policy-any-suffices': 'hint',
  'prices-not-comparable': 'error',
  'fact-asked-twice': 'warning',
  'column-asks-nothing': 'warning',
  'column-decides-nothing': 'hint',
  'table-too-entangled': 'hint',

  // Tax and statutory fees
  'fee-rate-gap': 'warning',
  'fee-rate-overlap': 'error',
  'tax-rate-gap': 'error',
  'tax-rate-overlap': 'error',
  'tax-category-without-rate': 'warning',
  'tax-rate-above-whole': 'warning',

  // Discounts
  'steps-not-rising': 'error',
  'discount-falls': 'warning',
  'fixed-price-rises': 'warning',
  'discount-without-effect': 'warning',
  'fixed-price-not-lower': 'warning',
  'discount-out-of-reach': 'warning',
  'window-never-open': 'warning',
  'discounts-without-order': 'warning',
  'discounts-above-whole': 'warning',
  'discount-above-price': 'warning',
  'discount-before-price': 'warning',
  'discount-beside-price': 'warning',

  // Usage, its meters and units
  'meter-in-other-unit': 'warning',
  'meter-never-delivered': 'warning',
  'meter-not-money': 'warning',
  'allowance-never-drawn': 'warning',

  // What nobody uses
  'ruleset-never-named': 'hint',
  'meter-never-charged': 'warning',
  'attribute-never-asked': 'hint',

  // What may be granted
  'limits-never-counted': 'error',
  'coupon-never-asked': 'error',
  'grants-unlimited': 'warning',
  'campaign-open-ended': 'hint',
  'budget-without-cost': 'error',
  'grant-costs-more': 'error',
  'budget-below-one-grant': 'error',

  // The cases beside a ruleset
  'case-fails': 'error',
  'case-not-billable': 'error',
  'rows-not-tried': 'hint',
  'no-case': 'hint',
  'mutant-survives': 'hint',

  // What law allows; a profile may only warn of it
  'law-term-too-long': 'error',
  'law-penalty-too-high': 'error',
  'law-remainder-too-slow': 'error',
  'law-no-offering-without-term': 'error',
  'law-price-gap': 'error',
  'law-tenure-benefit': 'error',
  'law-tenure-benefit-not-told': 'warning',
  'law-sign-up-not-a-trial': 'error',
  'law-sign-up-too-long': 'error',
  'law-sign-up-too-much': 'error',
  'law-sign-up-not-told': 'warning',
  'law-device-discount': 'error',
  'law-withdrawal-penalty': 'error',
  'law-withdrawal-charge': 'error',
  'law-late-charge': 'error',
} as const satisfies Record<string, Diagnostic['severity']>;

export type DiagnosticCode = keyof typeof catalogue;

/**
 * What a check says: the code, the place within the document as a JSON pointer, and the values of its words. The severity
 * is the catalogue's, unless it is for the data to say.
 */
export type Report = (
  code: DiagnosticCode,
  path: string,
  values?: Readonly<Record<string, string>>,
  severity?: Diagnostic['severity'],
) => void;

export function diagnostic(
  code: DiagnosticCode,
  path: string,
  values: Readonly<Record<string, string>>,
  severity: Diagnostic['severity'] = catalogue[code],
): Diagnostic {
  return { code, severity, path, values };
}
