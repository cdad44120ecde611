/** How does a test file get a database of its own? */
import { inject } from 'vitest';
import { closeApp, openApp, type App, type AppOptions } from '#runtime/app.ts';
import type { Server } from '#runtime/db/connection.ts';
import { asAdministrator } from './administrator.ts';

/** A fresh database cloned from the migrated template, with the server it is on and how to drop it. */
export async function freshDatabase(): Promise<{ server: Server; drop(): Promise<void> }> {
  const template = inject('template');
  const maintenance = { ...template, database: 'postgres' };
  const server = { ...template, database: `kanade_test_${crypto.randomUUID().replaceAll('-', '')}` };
  await asAdministrator(maintenance, `create database "${server.database}" template "${template.database}"`);
  return {
    server,
    drop: () => asAdministrator(maintenance, `drop database if exists "${server.database}" with (force)`),
  };
}

/** An App on a database of its own. `close` ends its connections and drops the database. */
export type TestApp = App & { readonly server: Server; close(): Promise<void> };

export async function testApp(options: AppOptions = {}): Promise<TestApp> {
  const { server, drop } = await freshDatabase();
  const app = await openApp({ dataDirectory: inject('home'), preparedServer: server, ...options });
  return {
    ...app,
    server,
    close: async () => {
      await closeApp(app);
      await drop();
    },
  };
}
