/** How does a test do what only the server's administrator may? */
import { Client } from 'pg';
import type { Server } from '#runtime/db/connection.ts';

/** Runs SQL on `server` as its administrator, past every role and policy. */
export async function asAdministrator(server: Server, statement: string): Promise<void> {
  const { host, port, user, password, database } = server;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
