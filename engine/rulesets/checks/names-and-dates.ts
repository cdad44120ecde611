/**
 * Is every id used once, every entry of a list written once, and every period a period?
 * Also called: duplicate check, 重複, 期間の前後.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { OpenPeriod, Ruleset } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

export const checkNamesAndDates: Check = (ruleset, _known, report) => {
  checkPeriod(ruleset.effective, '/effective', report);
  checkEntries(ruleset, report);
  switch (ruleset.kind) {
    case 'offering':
      return checkPeriod(ruleset.body.sales, '/body/sales', report);
    case 'ratePlan': {
      const { charges, bounds = [], allowances = [] } = ruleset.body;
      return checkIds({ '/body/charges': charges, '/body/bounds': bounds, '/body/allowances': allowances }, report);
    }
    case 'campaign':
      checkPeriod(ruleset.body.window, '/body/window', report);
      return checkIds({ '/body/discounts': ruleset.body.discounts }, report);
    case 'bundleDiscount':
      return checkIds({ '/body/discounts': ruleset.body.discounts }, report);
    case 'tax':
      ruleset.body.reliefs?.forEach(({ fixedFrom: from, fixedTo: to }, index) =>
        checkPeriod({ from, to }, `/body/reliefs/${index}`, report),
      );
      return ruleset.body.rates.forEach((rate, index) => checkPeriod(rate, `/body/rates/${index}`, report));
    case 'complianceProfile':
      return ruleset.body.rules.forEach((rule, index) => checkPeriod(rule, `/body/rules/${index}`, report));
    case 'statutoryFee':
      return ruleset.body.rates.forEach((rate, index) => checkPeriod(rate, `/body/rates/${index}`, report));
    default:
  }
};

function checkPeriod({ from, to }: OpenPeriod, path: string, report: Report): void {
  if (to !== null && to <= from) report('period-reversed', path, { from, to });
}

/** Ids share one space over all the lists: a line of a bill is found by them. */
function checkIds(lists: Readonly<Record<string, readonly { readonly id: string }[]>>, report: Report): void {
  const seen = new Map<string, string>();
  for (const [path, list] of Object.entries(lists)) {
    list.forEach(({ id }, index) => {
      const place = below(path, index, 'id');
      const first = seen.get(id);
      if (first === undefined) seen.set(id, place);
      else report('duplicate-id', place, { id, first });
    });
  }
}

/** Lists of names say each name once. The values of a condition are left alone: a long list may repeat itself. */
function checkEntries(ruleset: Ruleset, report: Report): void {
  for (const [path, list] of listsOf(ruleset)) {
    list.forEach((value, index) => {
      if (list.indexOf(value) < index) report('duplicate-entry', below(path, index), { value });
    });
  }
}

function listsOf(ruleset: Ruleset): [path: string, list: readonly string[]][] {
  const lists: [string, readonly string[]][] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || 'all' in value || 'any' in value || 'not' in value) return;
    if (Array.isArray(value) && value.every((one) => typeof one === 'string')) lists.push([path, value]);
    else for (const [key, one] of Object.entries(value)) visit(one, below(path, key));
  };
  visit(ruleset.body, '/body');
  return lists;
}
