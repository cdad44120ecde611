/**
 * Does every tax category that owes tax, and is used, have exactly one rate on every day?
 * Also called: 税率表の検査, 税率の隙間と重なり.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, ONE } from '#engine/money/exact.ts';
import type { CivilDate, OpenPeriod, Ruleset, TaxCategory, TaxRate } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

export const checkTaxRates: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'tax') return;
  const placed = ruleset.body.rates.map((rate, index) => ({ rate, path: `/body/rates/${index}` }));
  for (const { rate, path } of placed) {
    if (compare(exact(rate.rate), ONE) > 0) report('tax-rate-above-whole', below(path, 'rate'), { rate: rate.rate });
  }
  const byCategory = Map.groupBy(placed, ({ rate }) => rate.category);
  for (const ofCategory of byCategory.values()) checkCategory(ofCategory, report);
  const own = known.spans('tax', ruleset.id).find((span) => span.ruleset === ruleset);
  if (own === undefined) return;
  for (const [category, since] of chargedSince(known.rulesets)) {
    const rates = byCategory.get(category)?.map(({ rate }) => rate) ?? [];
    const from = firstDayWithout(rates, { from: since > own.from ? since : own.from, to: own.to });
    if (from !== undefined) report('tax-category-without-rate', '/body/rates', { category, from });
  }
};

/** The first day on which each category that owes tax is charged by some ruleset. */
function chargedSince(rulesets: readonly Ruleset[]): Map<TaxCategory, CivilDate> {
  const since = new Map<TaxCategory, CivilDate>();
  for (const ruleset of rulesets) {
    const { from } = ruleset.effective;
    for (const category of categoriesOf(ruleset)) {
      const owesTax = category === 'standard' || category === 'reduced';
      if (owesTax && from < (since.get(category) ?? '9999')) since.set(category, from);
    }
  }
  return since;
}

/** The categories of all that the ruleset charges. */
function categoriesOf(ruleset: Ruleset): TaxCategory[] {
  switch (ruleset.kind) {
    case 'ratePlan':
      return [...ruleset.body.charges, ...(ruleset.body.bounds ?? [])].map(({ taxCategory }) => taxCategory);
    case 'penalty':
      return [ruleset.body.taxCategory];
    case 'campaign':
      return ruleset.body.clawback === undefined ? [] : [ruleset.body.clawback.taxCategory];
    case 'billingCycle':
      return ruleset.body.bounds === undefined ? [] : [ruleset.body.bounds.taxCategory];
    default:
      return [];
  }
}

/**
 * The first day of `span` after the last rate, or its first day when there is no rate at all. A first rate that begins
 * later is history (Japan has had a reduced rate since 2019), and a gap between two is told where it is.
 */
function firstDayWithout(rates: readonly TaxRate[], span: OpenPeriod): CivilDate | undefined {
  const ends = rates.map(({ to }) => to);
  if (ends.includes(null)) return undefined;
  const from = (ends as CivilDate[]).reduce((a, b) => (a > b ? a : b), span.from);
  return span.to === null || from < span.to ? from : undefined;
}

function checkCategory(rates: readonly { rate: TaxRate; path: string }[], report: Report): void {
  const sorted = rates.toSorted((a, b) => (a.rate.from < b.rate.from ? -1 : a.rate.from > b.rate.from ? 1 : 0));
  sorted.slice(1).forEach(({ rate: { category, from }, path }, index) => {
    const to = sorted[index]?.rate.to ?? null;
    if (to === null || to > from) report('tax-rate-overlap', below(path, 'from'), { category, from });
    else if (to < from) report('tax-rate-gap', below(path, 'from'), { category, from: to, to: from });
  });
}
