/**
 * Is there one amount of a statutory fee for every month since its first?
 * Also called: ユニバーサルサービス料の検査, 番号単価の隙間と重なり.
 */
import type { Check } from '../known.ts';

export const checkStatutoryRates: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'statutoryFee') return;
  const placed = ruleset.body.rates.map((rate, index) => ({ ...rate, path: `/body/rates/${index}/from` }));
  const sorted = placed.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  sorted.slice(1).forEach(({ from, path }, index) => {
    const to = sorted[index]?.to ?? null;
    if (to === null || to > from) report('fee-rate-overlap', path, { from });
    else if (to < from) report('fee-rate-gap', path, { from: to, to: from });
  });
};
