/**
 * How does the object mapper work on the pool of the application's role?
 * Also called: MikroORM, unit of work, entity manager, O/Rマッパー.
 */
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { entities } from '#runtime/db/entities/index.ts';

/** The mapper and raw SQL share one pool, so that both read columns the same way. */
export function dialectOver(pool: Pool): PostgresDialect {
  return new PostgresDialect({ pool });
}

/** The mapper over `pool`. Closing it ends the pool. */
export function openOrm(pool: Pool, database: string): Promise<MikroORM> {
  return MikroORM.init({
    driver: PostgreSqlDriver,
    dbName: database,
    driverOptions: dialectOver(pool),
    entities: [...entities],
  });
}
