/**
 * What runs in a worker thread while a cycle is rated?
 * A connection of its own to the database; nothing but plain values comes in, and nothing goes out but through the database.
 * Also called: worker thread, Piscina, ワーカースレッド.
 */
import { Client, type QueryResultRow } from 'pg';
import { compileRelease } from '#engine/compile/compile-release.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { loadRelease } from '#runtime/catalogue/load-release.ts';
import { buildHash } from '#runtime/cycles/build.ts';
import { frameWith } from '#runtime/cycles/frame.ts';
import { readCycle } from '#runtime/cycles/frozen-cycle.ts';
import { workOnCycle, type Shift } from '#runtime/cycles/work.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import { columnTypes, type Connection } from '#runtime/db/connection.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type CycleWork = Shift & {
  readonly connection: Connection;
  readonly publicKey: string;
  readonly tenantId: number;
  readonly cycleId: string;
};

/** Whether the thread runs the build that the cycle is pinned to. Another might compute other amounts, and does nothing. */
export default async function workInThread(work: CycleWork): Promise<boolean> {
  const client = new Client({ ...work.connection, types: columnTypes() });
  // The query that needed the connection reports its loss.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // A frozen worker's open transaction ends before its lease does: whoever takes the chunk over need not wait for it.
    await client.query(`set idle_in_transaction_session_timeout = ${Math.ceil((work.leaseSeconds * 1000 * 2) / 3)}`);
    const tx: SqlRunner = {
      sql: async <Row extends QueryResultRow>(text: string, parameters: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...parameters])).rows,
    };
    const cycle = await readCycle(tx, work.tenantId, work.cycleId);
    if (cycle.build !== buildHash()) return false;
    await workOnCycle(client, tx, frameWith(cycle, await verifiedRelease(tx, work, cycle.releaseNumber)), work);
    return true;
  } finally {
    await client.end();
  }
}

const verified = new Map<string, Release>();
const MOST_RELEASES = 16;

/** A release, verified and prepared once for all the cycles that this thread works on: it never changes. */
async function verifiedRelease(
  tx: SqlRunner,
  { connection, tenantId, publicKey }: CycleWork,
  number: number,
): Promise<Release> {
  const name = JSON.stringify([connection.host, connection.port, connection.database, tenantId, number]);
  const known = verified.get(name);
  if (known !== undefined) return known;
  const release = compileRelease(await loadRelease(tx, tenantId, number, publicKey), evaluateSource);
  for (const oldest of verified.keys()) if (verified.size >= MOST_RELEASES) verified.delete(oldest);
  verified.set(name, release);
  return release;
}
