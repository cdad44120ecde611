/**
 * What do the uses of these customers cost, one by one, under their plans or under another?
 * Also called: price simulation over usage, itemised rating, 従量料金の試算.
 */
import type { Piscina } from 'piscina';
import { BillingProblem } from '#engine/billing/problem.ts';
import { fromInteger, plus, times, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { columnsOf, type PlannedUse, type UsageColumns } from '#engine/rating/columns.ts';
import { ratingOf, type Rated } from '#engine/rating/rate.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { rateInThreads } from '#runtime/rating/rate-in-threads.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, RatePlanRuleset } from '#schemas/generated/types.ts';

export type UsageRated = {
  readonly uses: number;
  /** Exact, before any rounding. */
  readonly total: string;
  readonly scaledUses: number;
  readonly exactUses: number;
  readonly sums: readonly {
    readonly plan: string;
    readonly meter: string;
    readonly uses: number;
    readonly amount: string;
  }[];
};

/** Rates the uses of the first month of each document. `under` is the plan they are all taken to have. */
export async function rateDocuments(
  documents: readonly AccountDocument[],
  release: Release,
  pool: Piscina,
  under?: string,
): Promise<UsageRated> {
  const uses = documents.flatMap((document, index) => plannedUses(document, index, release, under));
  const columns = columnsOf(uses);
  if ('notWhole' in columns) {
    const { id, quantity } = columns.notWhole;
    throw new BillingProblem('rating-quantity-not-whole', '/usage', { usage: id, quantity });
  }
  const month = documents[0]?.periods.first ?? '';
  const plans = new Map(columns.plan.words.map((id) => [id ?? '', planOf(release, id ?? '', month)]));
  const rated = await rateInThreads(pool, ratingOf(plans, columns, evaluateSource), columns);
  const { scaledUses, exactUses } = rated;
  return { uses: columns.count, total: toText(rated.total), scaledUses, exactUses, sums: sumsOf(rated, columns) };
}

/** The uses of the month, product by product; products of different documents are different products. */
function plannedUses(
  document: AccountDocument,
  index: number,
  release: Release,
  under?: string,
): readonly PlannedUse[] {
  const month = document.periods.first;
  const plans = new Map(
    document.products.map(({ id, offering }) => [
      id,
      under ?? release.inForce('offering', offering, `${month}-01`)?.body.ratePlan ?? '',
    ]),
  );
  return (document.usage ?? []).flatMap((use) => {
    const plan = plans.get(use.product);
    if (plan === undefined || !use.startedAt.startsWith(month)) return [];
    return [{ use: { ...use, product: `${index} ${use.product}` }, plan }];
  });
}

function planOf(release: Release, id: string, month: string): RatePlanRuleset {
  const plan = release.inForce('ratePlan', id, `${month}-01`);
  if (plan === undefined) throw new BillingProblem('rating-plan-unknown', '', { plan: id });
  return plan;
}

function sumsOf(rated: Rated, { count, plan, meter }: UsageColumns): UsageRated['sums'] {
  const sums = new Map<number, { uses: number; scaled: bigint; exact: Exact }>();
  for (let use = 0; use < count; use += 1) {
    const key = plan.codes[use]! * meter.words.length + meter.codes[use]!;
    const sum = sums.get(key) ?? { uses: 0, scaled: 0n, exact: ZERO };
    sum.uses += 1;
    sum.scaled += BigInt(rated.amounts[use]!);
    const exactly = rated.exactly.get(use);
    if (exactly !== undefined) sum.exact = plus(sum.exact, exactly);
    sums.set(key, sum);
  }
  return [...sums]
    .map(([key, { uses, scaled, exact }]) => ({
      plan: plan.words[Math.floor(key / meter.words.length)] ?? '',
      meter: meter.words[key % meter.words.length] ?? '',
      uses,
      amount: toText(plus(times(fromInteger(scaled), { n: 1n, d: 10n ** BigInt(rated.places) }), exact)),
    }))
    .sort((a, b) => (`${a.plan} ${a.meter}` < `${b.plan} ${b.meter}` ? -1 : 1));
}
