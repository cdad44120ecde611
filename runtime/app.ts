/**
 * What does a running Kanade hold on to, and how is it opened and closed?
 * Also called: application context, start-up, shutdown, アプリケーション, 起動, 停止.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import { join, resolve } from 'node:path';
import { TypeOverrides, type Pool } from 'pg';
import { installationKeys, type Keys } from '#runtime/access/keys.ts';
import { clockOf, type Clock } from '#runtime/clock/clock.ts';
import { prepareDatabase } from '#runtime/db/bootstrap.ts';
import { connectionAs, openPool, type Connection, type Server } from '#runtime/db/connection.ts';
import { migrateDatabase } from '#runtime/db/migrate.ts';
import { openOrm } from '#runtime/db/orm.ts';
import { dataDirectoryIn, serverInUse, type ServerInUse } from '#runtime/db/server.ts';

export type App = {
  /** The mapper as kanade_app; only `withScope` uses it. */
  readonly orm: MikroORM;
  /** kanade_app, under row-level security. */
  readonly appPool: Pool;
  /** kanade_cycle, for the cycle's own tables and COPY. */
  readonly cyclePool: Pool;
  /** kanade_auth, for sign-in alone. */
  readonly authPool: Pool;
  readonly clock: Clock;
  readonly keys: Keys;
  /** What a worker thread needs to connect as kanade_cycle: `new Client(connection)`. Plain values. */
  readonly connection: Connection;
  readonly dataDirectory: string;
  /** What people type to reach this installation, when that is not a name of this machine: KANADE_URL. */
  readonly publicUrl: string | undefined;
  /** Aborted when Kanade closes: long work stops where it can be taken up again. */
  readonly closing: AbortController;
  /** Long work that closing waits for, each until it has stopped. */
  readonly atWork: Set<Promise<unknown>>;
  /** Lets go of the embedded server. Called by `closeApp`. */
  readonly releaseServer: () => Promise<void>;
};

export type AppOptions = {
  /** Where keys and the embedded database lie; KANADE_DATA, or `.data` in the checkout. */
  readonly dataDirectory?: string;
  /** The PostgreSQL to use; DATABASE_URL, or none for the embedded one. */
  readonly databaseUrl?: string;
  /** The server, already on its way. */
  readonly database?: Promise<ServerInUse>;
  /** A server that is known to be set up and migrated: tests clone their databases from a template. */
  readonly preparedServer?: Server;
  readonly clock?: Clock;
  readonly environment?: NodeJS.ProcessEnv;
};

/** Opens Kanade: the database up and migrated, pools and keys ready. Throws StartUpProblem when a person has to act first. */
export async function openApp(options: AppOptions = {}): Promise<App> {
  const environment = options.environment ?? process.env;
  const dataDirectory =
    options.dataDirectory === undefined ? dataDirectoryIn(environment) : resolve(options.dataDirectory);
  const { server, release } =
    options.preparedServer === undefined
      ? await (options.database ?? serverInUse(options.databaseUrl ?? environment['DATABASE_URL'], dataDirectory))
      : { server: options.preparedServer, release: () => Promise.resolve() };
  try {
    const keys = installationKeys(join(dataDirectory, 'keys'), environment);
    if (options.preparedServer === undefined) await prepareDatabase(server, () => migrateDatabase(server));
    const appPool = openPool(connectionAs(server, 'kanade_app'), 10);
    return {
      orm: await openOrm(appPool, server.database),
      appPool,
      cyclePool: openPool(connectionAs(server, 'kanade_cycle'), 8),
      // The sign-in library expects its columns as the driver reads them by default.
      authPool: openPool(connectionAs(server, 'kanade_auth'), 4, new TypeOverrides()),
      clock: options.clock ?? clockOf(),
      keys,
      connection: connectionAs(server, 'kanade_cycle'),
      dataDirectory,
      publicUrl: environment['KANADE_URL'],
      closing: new AbortController(),
      atWork: new Set(),
      releaseServer: release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Stops what is at work and closes every connection; the last Kanade process to close stops the embedded server. */
export async function closeApp(app: App): Promise<void> {
  app.closing.abort();
  await Promise.allSettled(app.atWork);
  await app.orm.close();
  await Promise.all([app.cyclePool.end(), app.authPool.end()]);
  if (!app.appPool.ended) await app.appPool.end();
  await app.releaseServer();
}
