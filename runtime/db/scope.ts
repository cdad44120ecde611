/**
 * How does a service read and write one tenant's rows, and only those?
 * Also called: tenant scope, row-level security, unit of work, transaction, テナント分離, 行レベルセキュリティ.
 */
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { PoolClient, QueryResultRow } from 'pg';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import type { Clock } from '#runtime/clock/clock.ts';
import { cancelledBy } from '#runtime/db/cancel.ts';

/** Something SQL can be put to, with `$1` placeholders. What audit, catalogue and queries are written against. */
export type SqlRunner = {
  sql<Row extends QueryResultRow = QueryResultRow>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
};

/** What the audit trail is written with: SQL, and the moment to put down. */
export type RecordingTx = SqlRunner & { readonly clock: Clock };

/** A transaction of one tenant as kanade_app: the mapper for masters, `sql` for set-based reads. */
export type ScopedTx = RecordingTx & { readonly em: SqlEntityManager };

/** A transaction as kanade_cycle, across row-level security: `client` is there for COPY. */
export type CycleTx = RecordingTx & { readonly client: PoolClient };

/** The part of an actor that a scope needs. */
export type Scope = Pick<Actor, 'tenantId' | 'personId'>;

/** Runs `work` in one transaction that sees and writes the rows of the actor's tenant only; a throw rolls everything back. */
export function withScope<T>(
  app: Pick<App, 'orm' | 'clock'>,
  scope: Scope,
  work: (tx: ScopedTx) => Promise<T>,
): Promise<T> {
  if (!Number.isSafeInteger(scope.tenantId)) throw new Error('a scope names its tenant');
  const variables = { 'app.tenant': scope.tenantId, 'app.person': scope.personId };
  const em = app.orm.em.fork({ clear: true, session: { variables } }) as SqlEntityManager;
  return em.transactional((inner) =>
    work({ em: inner, clock: app.clock, sql: (text, parameters = []) => run(inner, text, parameters) }),
  );
}

async function run<Row extends QueryResultRow>(
  em: SqlEntityManager,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  // Rows that the mapper still holds back must be there for the statement to see.
  await em.flush();
  const transaction = em.getTransactionContext<{ executeQuery<R>(query: CompiledQuery<R>): Promise<{ rows: R[] }> }>();
  if (transaction === undefined) throw new Error('a scope is over when its work has returned');
  const { rows } = await transaction.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]) as CompiledQuery<Row>);
  return rows;
}

/**
 * Runs `work` in one transaction as kanade_cycle: every statement must name its tenant and shard itself.
 * When `stop` is aborted before the commit, the statement under way is cancelled, everything is rolled back, and its reason is thrown.
 */
export async function withCycle<T>(
  app: Pick<App, 'cyclePool' | 'clock' | 'connection'>,
  work: (tx: CycleTx) => Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  const client = await app.cyclePool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const tx: CycleTx = {
      client,
      clock: app.clock,
      sql: async <Row extends QueryResultRow>(text: string, parameters: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...parameters])).rows,
    };
    const result = await (stop === undefined ? work(tx) : cancelledBy(stop, app.connection, client, () => work(tx)));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}
