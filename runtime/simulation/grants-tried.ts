/**
 * Which of the campaigns that are tried would be granted?
 * Limits, budgets and coupon codes are asked as for an order, and nothing is counted: what has no room is left out of the amounts and
 * said. Also called: campaign availability in a what-if, 試算での付与の判定.
 */
import type { Release } from '#engine/rulesets/release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { grantsAskedFor, grantsWithoutRoom } from '#runtime/orders/grants.ts';
import type { SimulationBase } from '#runtime/simulation/base.ts';
import { changedDocument, type NotAllowed } from '#runtime/simulation/changed-document.ts';
import type { Changes } from '#runtime/simulation/changes.ts';

export type Tried = {
  /** Without the campaigns that would not be granted. */
  readonly given: Changes;
  /** Why not, and that the amounts are without them. Words under `simulation.…`. */
  readonly notGranted: readonly Said[];
};

/** What is left to be tried; where that is nothing, the reasons alone. */
export async function grantsTried(
  tx: ScopedTx,
  tenantId: number,
  { document, closing, customer }: SimulationBase,
  given: Changes,
  release: Release,
): Promise<Tried | NotAllowed> {
  const all: Tried = { given, notGranted: [] };
  if (given.changes.every(({ kind }) => kind !== 'grantCampaign')) return all;
  const changed = changedDocument(document, given, release, closing);
  // Whatever else is not allowed is said by the simulation itself.
  if ('refusals' in changed) return all;
  const grants = grantsAskedFor(given.changes, document, changed.document, release);
  const { shard } = await readCustomer(tx, customer.id);
  const refusals = await grantsWithoutRoom(tx, { tenantId, shard }, customer.id, grants);
  const refused = new Set(refusals.map(({ path }) => indexOf(path)));
  const changes = given.changes.filter((_, index) => !refused.has(index));
  if (changes.length === 0) return { refusals };
  const named = grants.filter(({ path }) => refused.has(indexOf(path))).map(({ ruleset }) => ruleset.name);
  const left = named.map((name): Said => ({ code: 'simulation.withoutGrant', values: { name } }));
  const reasons = refusals.map(({ code, values }): Said => ({ code, values }));
  return { given: { ...given, changes }, notGranted: [...reasons, ...left] };
}

/** Of '/changes/2/coupon' it is 2. */
const indexOf = (path: string): number => Number(path.split('/')[2]);
