/**
 * How much of each use is covered by an allowance? Also called: allowance consumption, 無料分の充当, 消費順序.
 *
 * Use by use in canonical order, over all products that share a pool: shuffled input gives the same result. A use that
 * straddles the end of an allowance is charged for the rest only.
 */
import type { Usage, UsageCharge } from '#schemas/generated/types.ts';
import { monthOfDate, monthsLater, periodOfMonth } from '#engine/calendar/billing-cycle.ts';
import { holds } from '#engine/conditions/holds.ts';
import type { Facts } from '#engine/conditions/evaluate.ts';
import { usageFacts } from '#engine/facts/facts.ts';
import {
  compare,
  dividedBy,
  exact,
  fromInteger,
  isNegative,
  isZero,
  least,
  minus,
  plus,
  times,
  toText,
  ZERO,
  type Exact,
} from '#engine/money/exact.ts';
import { ceilingOf } from '#engine/money/rounding.ts';
import type { BillDraft, Part } from '#engine/billing/draft.ts';
import { factsOfPart } from '#engine/billing/facts-of-part.ts';
import { byDrawOrder, fromState, toState, type Bucket } from './bucket.ts';
import { grantedIn } from './grants.ts';

/** Draws on the allowances of the period, and leaves in the draft what each use has free and what goes on to the next. */
export function drawAllowances(draft: BillDraft): void {
  if (draft.allowancesBefore.length === 0 && !isAnyGranted(draft)) return;
  const holders = holdersOf(draft);
  const carried = draft.allowancesBefore
    .filter((state) => isInScope(state.pool, holders, draft))
    .map((state) => fromState(state, draft.group.release));
  const granted = holders.flatMap((holder) => grantedIn(draft, holder));
  const buckets = [...carried, ...granted].sort(byDrawOrder);
  draft.covered = buckets.length === 0 ? new Map() : cover(draft, holders, buckets);
  for (const bucket of buckets) note(draft, bucket);
  draft.allowancesAfter = [
    ...draft.allowancesBefore.filter((state) => !isInScope(state.pool, holders, draft)),
    ...carriedOver(draft, buckets).map(toState),
  ];
}

function isAnyGranted({ partsHeld }: BillDraft): boolean {
  for (const parts of partsHeld) {
    for (const { plan } of parts) if (plan.body.allowances !== undefined) return true;
  }
  return false;
}

interface Holder {
  readonly id: string;
  readonly account: string;
  readonly startsOn: string;
  readonly parts: readonly Part[];
}

/** The products whose use is drawn together: those of the account, or all of the group when any pool spans it. */
function holdersOf(draft: BillDraft): readonly Holder[] {
  const all = draft.group.products.map(({ product }, at) => ({
    id: product.id,
    account: product.account,
    startsOn: product.startsOn,
    parts: draft.partsHeld[at] ?? [],
  }));
  const spansGroup =
    draft.allowancesBefore.some((state) => state.pool === 'group') ||
    all.some(({ parts }) => parts.some(({ plan }) => plan.body.allowances?.some((rule) => rule.sharedBy === 'group')));
  return spansGroup ? all : all.filter((holder) => holder.account === draft.account.id);
}

function isInScope(pool: string, holders: readonly Holder[], draft: BillDraft): boolean {
  if (pool === 'group') return true;
  if (pool === `account:${draft.account.id}`) return true;
  return holders.some((holder) => pool === `product:${holder.id}` || pool === `account:${holder.account}`);
}

interface CoveredUse {
  readonly use: Usage;
  readonly holder: Holder;
  readonly part: Part;
}

function cover(draft: BillDraft, holders: readonly Holder[], buckets: readonly Bucket[]): ReadonlyMap<string, Exact> {
  const covered = new Map<string, Exact>();
  const facts = new Map<Part, Facts>();
  for (const { use, holder, part } of usesInOrder(draft, holders)) {
    let ofPart = facts.get(part);
    if (ofPart === undefined) facts.set(part, (ofPart = factsOfHolder(draft, holder, part)));
    const known = usageFacts(ofPart, use);
    const charge = chargeFor(part, use, known);
    if (charge === undefined) continue;
    const free = charge.freePerEvent === undefined ? ZERO : exact(charge.freePerEvent);
    const wanted = minus(exact(use.quantity), free);
    if (isNegative(wanted) || isZero(wanted)) continue;
    const drawn = drawFrom(buckets, { use, holder, facts: known }, wanted);
    if (!isZero(drawn)) covered.set(use.id, drawn);
  }
  return covered;
}

function factsOfHolder(draft: BillDraft, holder: Holder, part: Part): Facts {
  const found = draft.group.products.find(({ product }) => product.id === holder.id);
  if (found === undefined) throw new Error(`no product ${holder.id}`);
  return factsOfPart(draft, found.product, part);
}

function usesInOrder(draft: BillDraft, holders: readonly Holder[]): readonly CoveredUse[] {
  const uses = holders.flatMap((holder) =>
    (draft.group.usage.get(holder.id) ?? []).flatMap((use) => {
      const day = use.startedAt.slice(0, 10);
      const part = holder.parts.find(({ period }) => period.start <= day && day < period.end);
      return part === undefined ? [] : [{ use, holder, part }];
    }),
  );
  const key = ({ use }: CoveredUse): string => `${use.startedAt} ${use.id}`;
  return uses.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The charge that the use falls under; what no charge asks for draws on nothing. */
function chargeFor(part: Part, use: Usage, facts: Facts): UsageCharge | undefined {
  return part.plan.body.charges.find(
    (charge): charge is UsageCharge =>
      charge.type === 'usage' &&
      charge.meter === use.meter &&
      (charge.aggregate ?? 'sum') === 'sum' &&
      (charge.where === undefined || holds(charge.where, facts)),
  );
}

function drawFrom(
  buckets: readonly Bucket[],
  { use, holder, facts }: { readonly use: Usage; readonly holder: Holder; readonly facts: Facts },
  wanted: Exact,
): Exact {
  const day = use.startedAt.slice(0, 10);
  let rest = wanted;
  for (const bucket of buckets) {
    if (isZero(rest)) break;
    if (isZero(bucket.left) || bucket.rule.meter !== use.meter) continue;
    if (day < bucket.grantedOn || (bucket.expiresOn !== null && day >= bucket.expiresOn)) continue;
    if (!mayDraw(bucket, holder) || (bucket.rule.where !== undefined && !holds(bucket.rule.where, facts))) continue;
    const taken = least(bucket.left, inIncrements(bucket, rest));
    bucket.left = minus(bucket.left, taken);
    rest = minus(rest, least(rest, taken));
  }
  return minus(wanted, rest);
}

const mayDraw = ({ pool }: Bucket, holder: Holder): boolean =>
  pool === 'group' || pool === `account:${holder.account}` || pool === `product:${holder.id}`;

/** The allowance goes down in whole increments: 61 seconds take 120 where the increment is 60. */
function inIncrements(bucket: Bucket, quantity: Exact): Exact {
  if (bucket.rule.increment === undefined) return quantity;
  const increment = exact(bucket.rule.increment);
  return times(fromInteger(ceilingOf(dividedBy(quantity, increment))), increment);
}

/** What is left when the period ends: the month's own as far as it rolls over, and whatever has not expired. */
function carriedOver(draft: BillDraft, buckets: readonly Bucket[]): readonly Bucket[] {
  const { end } = draft.period;
  const next: Bucket[] = [];
  for (const bucket of buckets) {
    if (isZero(bucket.left)) continue;
    if (bucket.kind !== 'monthly') {
      if (bucket.expiresOn === null || bucket.expiresOn > end) next.push(bucket);
      continue;
    }
    const { rollover } = bucket.rule;
    if (rollover === undefined) continue;
    const { closing } = draft;
    const last = monthsLater(monthOfDate(draft.period.start, closing), rollover.months);
    next.push({ ...bucket, kind: 'rolledOver', expiresOn: periodOfMonth(last, closing).end });
  }
  return cappedRollover(next);
}

/** Of what is carried over from one allowance, no more than its maximum; the oldest is lost first. */
function cappedRollover(buckets: readonly Bucket[]): readonly Bucket[] {
  const sums = new Map<string, Exact>();
  const kept = buckets
    .toSorted((a, b) => (a.grantedOn > b.grantedOn ? -1 : 1))
    .map((bucket) => {
      const maximum = bucket.rule.rollover?.maximum;
      if (bucket.kind !== 'rolledOver' || maximum === undefined) return bucket;
      const key = `${bucket.pool} ${bucket.rule.id}`;
      const room = minus(exact(maximum), sums.get(key) ?? ZERO);
      const left = compare(room, ZERO) <= 0 ? ZERO : least(room, bucket.left);
      sums.set(key, plus(sums.get(key) ?? ZERO, left));
      return { ...bucket, left };
    })
    .filter((bucket) => !isZero(bucket.left));
  return kept.sort(byDrawOrder);
}

function note(draft: BillDraft, bucket: Bucket): void {
  if (!draft.trace.on) return;
  draft.trace.note(`trace.allowance.${bucket.kind}`, {
    allowance: bucket.rule.id,
    sharedBy: bucket.rule.sharedBy,
    pool: bucket.pool.slice(bucket.pool.indexOf(':') + 1),
    plan: bucket.plan.id,
    left: toText(bucket.left),
    grantedOn: bucket.grantedOn,
  });
}
