/**
 * What is the least and the most a product costs in a period, over several of its charges?
 * Owed once for each plan held: a new version within the period brings no second minimum, the version held last says it.
 */
import type { ProductBound } from '#schemas/generated/types.ts';
import type { Period } from '#engine/calendar/period.ts';
import { exact } from '#engine/money/exact.ts';
import { ofMonths } from '#engine/proration/proration.ts';
import { identityOf, roundAmount, type BillDraft, type Part, type ProductInPeriod } from '#engine/billing/draft.ts';
import { relieve, sumLeft, topUp, type BoundPlace } from './top-up-and-relief.ts';

export function boundProducts(draft: BillDraft, judgedOn: 'list' | 'net'): void {
  for (const product of draft.products) {
    if (product.parts.every(({ plan }) => plan.body.bounds === undefined)) continue;
    for (const parts of Map.groupBy(product.parts, (part) => part.plan.id).values()) {
      (parts.at(-1)?.plan.body.bounds ?? []).forEach((bound, index) => {
        if ((bound.judgedOn ?? 'list') !== judgedOn) return;
        boundProduct(draft, product, parts, bound, `/body/bounds/${index}`, judgedOn);
      });
    }
  }
}

function boundProduct(
  draft: BillDraft,
  product: ProductInPeriod,
  parts: readonly Part[],
  bound: ProductBound,
  row: string,
  judgedOn: 'list' | 'net',
): void {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return;
  const servicePeriod: Period = { start: first.period.start, end: last.period.end };
  const targets = draft.lines.filter(
    (line) =>
      line.product === product.product.id &&
      line.phase === 'listCharges' &&
      line.ruleset.kind === 'ratePlan' &&
      line.ruleset.id === last.plan.id &&
      line.servicePeriod.end > draft.period.start &&
      (bound.charges === undefined || bound.charges.includes(line.charge)),
  );
  const limit = (amount: string): bigint => {
    const served = parts.map(({ period }) => period);
    const owed = bound.prorated === true ? ofMonths(amount, served, draft.sections) : exact(amount);
    return roundAmount(draft, owed, draft.rounding.body.line);
  };
  const place: BoundPlace = {
    product: product.product.id,
    charge: bound.id,
    name: bound.name,
    ruleset: identityOf(last.plan),
    row,
    servicePeriod,
    judgedOn,
    taxCategory: bound.taxCategory,
    taxIncluded: bound.taxIncluded ?? false,
  };
  if (bound.minimum !== undefined && sumLeft(targets) < limit(bound.minimum)) {
    topUp(draft, place, sumLeft(targets), limit(bound.minimum));
  }
  if (bound.cap !== undefined && sumLeft(targets) > limit(bound.cap)) relieve(draft, place, targets, limit(bound.cap));
}
