/**
 * What is left of an allowance? A bucket: so much of a meter, from one day to another, for whoever shares its pool.
 * Also called: bundle balance, bucket, データ残量, 無料通話の残り, バケット.
 */
import type { Allowance, AllowanceLeft, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { fractionOf, toText, type Exact } from '#engine/money/exact.ts';
import type { Release } from '#engine/rulesets/release.ts';

export interface Bucket {
  readonly pool: string;
  readonly kind: AllowanceLeft['kind'];
  /** The product that brought it. */
  readonly grantedBy: string;
  readonly rule: Allowance;
  readonly plan: RatePlanRuleset;
  readonly row: string;
  readonly grantedOn: CivilDate;
  readonly expiresOn: CivilDate | null;
  left: Exact;
}

/** What is carried over goes first, then the month's own, then what was bought on top (DOMAIN 5.4). */
const rank: Readonly<Record<Bucket['kind'], number>> = { rolledOver: 0, monthly: 1, topUp: 2 };

/** In the order in which buckets are drawn on: by kind, then what expires first, then what was granted first. */
export function byDrawOrder(a: Bucket, b: Bucket): number {
  return (
    rank[a.kind] - rank[b.kind] ||
    compareText(a.expiresOn ?? '9999-12-31', b.expiresOn ?? '9999-12-31') ||
    compareText(a.grantedOn, b.grantedOn) ||
    compareText(`${a.pool} ${a.grantedBy} ${a.row}`, `${b.pool} ${b.grantedBy} ${b.row}`)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const toState = (bucket: Bucket): AllowanceLeft => ({
  pool: bucket.pool,
  allowance: bucket.rule.id,
  kind: bucket.kind,
  grantedBy: bucket.grantedBy,
  ruleset: bucket.plan.id,
  version: bucket.plan.version,
  row: bucket.row,
  grantedOn: bucket.grantedOn,
  expiresOn: bucket.expiresOn,
  left: toText(bucket.left),
});

/** The bucket that a state speaks of, by the version of the plan that granted it. */
export function fromState(state: AllowanceLeft, release: Release): Bucket {
  const plan = release.version('ratePlan', state.ruleset, state.version);
  const rule = plan?.body.allowances?.find((candidate) => candidate.id === state.allowance);
  if (plan === undefined || rule === undefined) {
    throw new Error(`the release has no allowance ${state.allowance} in ${state.ruleset}, version ${state.version}`);
  }
  const { pool, kind, grantedBy, row, grantedOn, expiresOn } = state;
  return { pool, kind, grantedBy, rule, plan, row, grantedOn, expiresOn, left: fractionOf(state.left) };
}
