/**
 * What would we tell the author of these rulesets before they are published?
 * Everything at once: first whether each document has the form of its schema, then what those of sound form mean together.
 * Also called: lint, publish check, 検査, ルールセットの検証.
 */
import { checkCompliance } from '#engine/compliance/check-compliance.ts';
import { diagnostic, type Report } from '#engine/diagnostics/catalogue.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';
import { checkAlsoApplied } from './checks/also-applied.ts';
import { checkAmountsOff } from './checks/amounts-off.ts';
import { checkCollisions } from './checks/collisions.ts';
import { checkConditionOutcomes } from './checks/condition-outcomes.ts';
import { checkConditions } from './checks/conditions.ts';
import { checkCurrencies } from './checks/currencies.ts';
import { checkDiscounts } from './checks/discounts.ts';
import { checkExistingCustomers } from './checks/existing-customers.ts';
import { checkGrants } from './checks/grants.ts';
import { checkMeters } from './checks/meters.ts';
import { checkNamesAndDates } from './checks/names-and-dates.ts';
import { checkNeededForBills } from './checks/needed-for-bills.ts';
import { checkOutOfReach } from './checks/out-of-reach.ts';
import { checkPartMonths } from './checks/part-months.ts';
import { checkPlanCollisions } from './checks/plan-collisions.ts';
import { checkPrices } from './checks/prices.ts';
import { checkReferenceCycles } from './checks/reference-cycles.ts';
import { checkReferences } from './checks/references.ts';
import { checkStackedDiscounts } from './checks/stacked-discounts.ts';
import { checkStackingGroups } from './checks/stacking-groups.ts';
import { checkStatutoryRates } from './checks/statutory-rates.ts';
import { checkTableRows } from './checks/table-rows.ts';
import { checkTaxRates } from './checks/tax-rates.ts';
import { checkUnchargedUses } from './checks/uncharged-uses.ts';
import { checkUnused } from './checks/unused.ts';
import { checkVersions } from './checks/versions.ts';
import { checkForm } from './form.ts';
import { Known, type Check } from './known.ts';
import { isNestedWithinLimit, limits } from './limits.ts';

/** A document that may be a ruleset, and where it came from, such as a file. */
export interface RulesetSource {
  readonly document: unknown;
  readonly source?: string;
  /** Why its text could not be read, if it could not: `document` is then what is known of it otherwise. */
  readonly unreadable?: Diagnostic;
}

const checks: readonly Check[] = [
  checkNamesAndDates,
  checkVersions,
  checkExistingCustomers,
  checkReferences,
  checkReferenceCycles,
  checkConditions,
  checkCurrencies,
  checkPrices,
  checkPartMonths,
  checkMeters,
  checkTaxRates,
  checkStatutoryRates,
  checkDiscounts,
  checkStackedDiscounts,
  checkStackingGroups,
  checkAlsoApplied,
  checkAmountsOff,
  checkGrants,
  checkCollisions,
  checkCompliance,
  checkUnused,
  checkNeededForBills,
];

/** Only of what nothing else is wrong with: they take the conditions and cells as they stand. */
const furtherChecks: readonly Check[] = [
  checkOutOfReach,
  checkPlanCollisions,
  checkUnchargedUses,
  checkTableRows,
  checkConditionOutcomes,
];

/**
 * All diagnostics of the rulesets as one set: one operator's, with every version that is to be published together.
 * In the order of the documents; empty when there is nothing to say.
 */
export function checkRulesets(sources: readonly RulesetSource[]): Diagnostic[] {
  const formal = sources.map(({ unreadable, ...each }) => ({
    ...each,
    errors: unreadable === undefined ? formErrors('Ruleset', each.document) : [unreadable],
  }));
  const sound = formal.filter(({ errors }) => errors.length === 0).map(({ document }) => document as Ruleset);
  const broken = formal.filter(({ errors }) => errors.length > 0).map(({ document }) => document);
  const known = new Known(sound, broken);
  return formal.flatMap(({ document, source, errors }) => {
    const found = errors.length > 0 ? errors : meaningErrors(document as Ruleset, known);
    return found.map((one) => ({ ...one, ...identity(document), ...(source === undefined ? {} : { source }) }));
  });
}

/** How a document departs from the schema of its name, such as 'AccountDocument'; empty when it does not. */
export function formErrors(definition: string, document: unknown): Diagnostic[] {
  if (!isNestedWithinLimit(document)) return [diagnostic('nested-too-deep', '', { limit: `${limits.nesting}` })];
  return collect((report) => checkForm(definition, document, report));
}

function meaningErrors(ruleset: Ruleset, known: Known): Diagnostic[] {
  const found = collect((report) => checks.forEach((check) => check(ruleset, known, report)));
  if (found.some(({ severity }) => severity === 'error')) return found;
  return [...found, ...collect((report) => furtherChecks.forEach((check) => check(ruleset, known, report)))];
}

function collect(run: (report: Report) => void): Diagnostic[] {
  const found: Diagnostic[] = [];
  run((code, path, values = {}, severity) => {
    if (found.length < limits.diagnostics) found.push(diagnostic(code, path, values, severity));
  });
  return found;
}

/** 'kind/id@version', when the document says so. */
function identity(document: unknown): { ruleset?: string } {
  if (typeof document !== 'object' || document === null) return {};
  const { kind, id, version } = document as Partial<Record<string, unknown>>;
  const isNamed = typeof kind === 'string' && typeof id === 'string' && typeof version === 'number';
  return isNamed ? { ruleset: `${kind}/${id}@${version}` } : {};
}
