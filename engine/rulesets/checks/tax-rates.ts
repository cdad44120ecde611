/**
 * Does every tax category have exactly one rate on every day since its first?
 * Also called: 税率表の検査, 税率の隙間と重なり.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import { compare, exact, ONE } from '#engine/money/exact.ts';
import type { TaxRate } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

export const checkTaxRates: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'tax') return;
  const placed = ruleset.body.rates.map((rate, index) => ({ rate, path: `/body/rates/${index}` }));
  for (const { rate, path } of placed) {
    if (compare(exact(rate.rate), ONE) > 0) report('tax-rate-above-whole', below(path, 'rate'), { rate: rate.rate });
  }
  for (const ofCategory of Map.groupBy(placed, ({ rate }) => rate.category).values()) checkCategory(ofCategory, report);
};

function checkCategory(rates: readonly { rate: TaxRate; path: string }[], report: Report): void {
  const sorted = rates.toSorted((a, b) => (a.rate.from < b.rate.from ? -1 : a.rate.from > b.rate.from ? 1 : 0));
  sorted.slice(1).forEach(({ rate: { category, from }, path }, index) => {
    const to = sorted[index]?.rate.to ?? null;
    if (to === null || to > from) report('tax-rate-overlap', below(path, 'from'), { category, from });
    else if (to < from) report('tax-rate-gap', below(path, 'from'), { category, from: to, to: from });
  });
}
