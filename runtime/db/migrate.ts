/**
 * How do the tables come into being, and change from one version of Kanade to the next?
 * Also called: schema migration, DDL, マイグレーション.
 * The migrations are the SQL texts in `migrations/`, run in the order of `migrations/index.ts`, each in its own transaction.
 */
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { readFileSync } from 'node:fs';
import { connectionAs, openPool, type Server } from '#runtime/db/connection.ts';
import { migrationNames } from '#runtime/db/migrations/index.ts';
import { dialectOver } from '#runtime/db/orm.ts';

/** Brings the tables of the database up to this version, as their owner. Running it again changes nothing. */
export async function migrateDatabase(server: Server): Promise<void> {
  const pool = openPool(connectionAs(server, 'kanade_owner'), 1);
  const orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    dbName: server.database,
    driverOptions: dialectOver(pool),
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrationNames.map(sqlMigration), snapshot: false, silent: true },
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}

function sqlMigration(name: string): {
  name: string;
  class: new (...given: ConstructorParameters<typeof Migration>) => Migration;
} {
  const text = readFileSync(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8');
  return {
    name,
    class: class extends Migration {
      override up(): void {
        this.addSql(text);
      }
    },
  };
}
