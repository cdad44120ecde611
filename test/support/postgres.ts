/**
 * Which PostgreSQL do the tests run on?
 * One throw-away server for the whole run, or the one of KANADE_TEST_DATABASE_URL or DATABASE_URL; on it a migrated template
 * that every test file clones its own database from.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '#runtime/db/bootstrap.ts';
import type { Server } from '#runtime/db/connection.ts';
import { startEmbedded } from '#runtime/db/embedded.ts';
import { migrateDatabase } from '#runtime/db/migrate.ts';
import { parseDatabaseUrl } from '#runtime/db/server.ts';
import { asAdministrator } from './administrator.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server with the migrated template as its database. */
    template: Server;
    /** Where this run keeps keys. */
    home: string;
  }
}

const IN_A_HURRY = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'kanade-test-'));
  // The account that PostgreSQL runs as has to pass.
  chmodSync(home, 0o711);
  const url = process.env['KANADE_TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const given = url === undefined || url === '' ? undefined : parseDatabaseUrl(url);
  const own = given === undefined ? await startEmbedded(home, IN_A_HURRY) : undefined;
  const template = { ...(given ?? own?.admin)!, database: `kanade_template_${process.pid}` } as Server;
  await prepareDatabase(template, () => migrateDatabase(template));
  project.provide('template', template);
  project.provide('home', home);
  return async () => {
    if (own === undefined)
      await asAdministrator({ ...template, database: 'postgres' }, `drop database "${template.database}" with (force)`);
    await own?.release();
    rmSync(home, { recursive: true, force: true });
  };
}
