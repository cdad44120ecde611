/**
 * Which rate does a line bear? The one on its date of supply, or the old one where a transition rule keeps it.
 * Also called: tax rate by date of supply, 適用税率, 経過措置, 旧税率.
 */
import type { TaxRate, TaxRelief, TaxRuleset } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import type { Period } from '#engine/calendar/period.ts';
import type { BillDraft, Line } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';

/** The rate of a line, as the ruleset writes it; '0' for categories that owe none. */
export function rateOf(draft: BillDraft, line: Line): string {
  const { dateOfSupply, rates, reliefs = [] } = draft.taxRules.body;
  const relief = reliefs.find((candidate) => isRelieved(draft, line, candidate));
  if (relief !== undefined) return relief.rate;
  const { start, end } = line.servicePeriod;
  const found = rates.find(
    (rate) => rate.category === line.taxCategory && holdsOn(rate, line.servicePeriod, dateOfSupply),
  );
  if (found !== undefined) return found.rate;
  if (line.taxCategory !== 'standard' && line.taxCategory !== 'reduced') return '0';
  const on = dateOfSupply === 'firstDay' ? start : addDays(end, -1);
  const values = { category: line.taxCategory, on, tax: draft.taxRules.id };
  throw new BillingProblem('tax-rate-missing', `/lines/${line.id}`, values);
}

/** On the first day of the period, or on the last: the day before its end lies in [from, to) where the end lies in (from, to]. */
export function holdsOn(
  { from, to }: TaxRate,
  { start, end }: Period,
  on: TaxRuleset['body']['dateOfSupply'],
): boolean {
  if (on === 'firstDay') return from <= start && (to === null || start < to);
  return from < end && (to === null || end <= to);
}

/** Supplied without a break since before the change, the amount fixed (such as by a reading) within the days named. */
function isRelieved(draft: BillDraft, line: Line, relief: TaxRelief): boolean {
  if (line.taxCategory !== relief.category) return false;
  const fixedOn = addDays(line.servicePeriod.end, -1);
  if (fixedOn < relief.fixedFrom || fixedOn >= relief.fixedTo) return false;
  const product = draft.products.find((candidate) => candidate.product.id === line.product);
  if (product === undefined || product.product.startsOn >= relief.servedSinceBefore) return false;
  const service = product.parts.at(-1)?.offering.body.service;
  if (relief.services !== undefined && (service === undefined || !relief.services.includes(service))) return false;
  return relief.charges === 'all' || isUsage(draft, line.target ?? line);
}

function isUsage(draft: BillDraft, line: Line): boolean {
  if (line.ruleset.kind !== 'ratePlan') return false;
  const plan = draft.group.release.version('ratePlan', line.ruleset.id, line.ruleset.version);
  return plan?.body.charges.some((charge) => charge.type === 'usage' && charge.id === line.charge) ?? false;
}
