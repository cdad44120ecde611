/**
 * How does Kanade run its own PostgreSQL when it is given none?
 * Also called: embedded database, built-in PostgreSQL, 組み込みデータベース, 内蔵DB.
 * The binaries come from npm. The server listens on a Unix socket only, and the last Kanade process to leave stops it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartUpProblem } from '#runtime/start-up-problem.ts';
import type { Server } from '#runtime/db/connection.ts';
import { prepareCluster, type Cluster } from '#runtime/db/cluster.ts';

/** A running embedded server, with the superuser that sets up roles and databases on it. */
export type Embedded = {
  readonly admin: Server;
  /** Says that this process needs the server no more; stops it when no other Kanade process does. */
  release(): Promise<void>;
};

const PORT = 5432;
const SUPERUSER = 'kanade_super';
const START_DEADLINE_MS = 30_000;
// Every Kanade process holds this lock shared while it lives, so the last one out can tell that it is the last.
const PRESENCE_LOCK = 5_260_326;

/** Starts the embedded server of the data directory `home`, or joins the one that already runs there. */
export async function startEmbedded(home: string, settings: readonly string[] = []): Promise<Embedded> {
  const cluster = await prepareCluster(home, SUPERUSER);
  const admin: Server = { host: cluster.run, port: PORT, database: 'postgres', user: SUPERUSER, roles: 'sign-in' };
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    await ensureRunning(cluster, settings, deadline);
    const presence = await takePresence(admin);
    if (presence !== undefined) return { admin, release: () => release(cluster, presence) };
    if (Date.now() > deadline) throw failure(cluster);
  }
}

/** A connection that holds the shared lock, or undefined when the server went away meanwhile. */
async function takePresence(admin: Server): Promise<Client | undefined> {
  const client = new Client({ host: admin.host, port: admin.port, user: admin.user, database: admin.database });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    await sleep(50);
    return undefined;
  }
}

async function release(cluster: Cluster, presence: Client): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      PRESENCE_LOCK,
    ]);
    if (rows[0]?.last === true) await stop(cluster);
  } catch {
    // The server is gone already: nothing is left to stop.
  } finally {
    await presence.end().catch(() => undefined);
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function stop(cluster: Cluster): Promise<void> {
  const pidFile = join(cluster.data, 'postmaster.pid');
  process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
  while (existsSync(pidFile)) await sleep(20);
}

async function ensureRunning(cluster: Cluster, settings: readonly string[], deadline: number): Promise<void> {
  const socket = join(cluster.run, `.s.PGSQL.${PORT}`);
  let server: ChildProcess | undefined;
  while (!(await answers(socket))) {
    // After a crash the old backends hold the shared memory for a moment: try again until the deadline.
    if (server === undefined || server.exitCode !== null || server.signalCode !== null)
      server = launch(cluster, settings);
    if (Date.now() > deadline) throw failure(cluster);
    await sleep(50);
  }
}

function launch(cluster: Cluster, settings: readonly string[]): ChildProcess {
  const log = openSync(cluster.log, 'a');
  const fixed = [
    'listen_addresses=',
    'unix_socket_permissions=0700',
    'timezone=UTC',
    'log_timezone=UTC',
    'jit=off',
    'max_connections=200',
    // Much is written soon after the first start: the planner must learn of it before a minute is over. More often, learning
    // costs a fifth of that minute.
    'autovacuum_naptime=15s',
  ];
  const options = [...fixed, ...settings].flatMap((setting) => ['-c', setting]);
  const server = spawn(
    join(cluster.binaries, 'bin/postgres'),
    ['-D', cluster.data, '-k', cluster.run, '-p', String(PORT), ...options],
    {
      ...cluster.account,
      cwd: cluster.data,
      env: cluster.environment,
      // In a session of its own: the interrupt that stops Kanade must not stop the database under it.
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  server.on('error', () => undefined);
  server.unref();
  closeSync(log);
  return server;
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket, () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', () => resolve(false));
  });
}

function failure(cluster: Cluster): StartUpProblem {
  const said = existsSync(cluster.log) ? readFileSync(cluster.log, 'utf8') : '';
  if (/No space left on device/.test(said.slice(-4_000)))
    return new StartUpProblem('disk-full', { path: cluster.data });
  return new StartUpProblem('embedded-database-failed', { log: cluster.log });
}
