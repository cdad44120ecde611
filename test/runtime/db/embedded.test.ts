/** Kanade's own PostgreSQL (組み込みデータベース): one for all processes of a checkout, safe through crashes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installationKeys, isSignedBy } from '#runtime/access/keys.ts';
import type { Server } from '#runtime/db/connection.ts';
import { startEmbedded } from '#runtime/db/embedded.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kanade-embedded-'));
  // The account that PostgreSQL runs as has to pass.
  chmodSync(home, 0o711);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const pidFile = (): string => join(home, 'postgres', 'postmaster.pid');
const isUp = (): boolean => existsSync(pidFile());
const postmaster = (): number => Number(readFileSync(pidFile(), 'utf8').split('\n')[0]);

async function ask(server: Server, statement: string): Promise<unknown[]> {
  const client = new Client({ host: server.host, port: server.port, user: server.user, database: server.database });
  await client.connect();
  return client
    .query(statement)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

it('starts once for two that start at once, and stops with the last to leave', async () => {
  const [one, other] = await Promise.all([startEmbedded(home), startEmbedded(home)]);
  expect(await ask(one.admin, 'select 1 as n')).toEqual([{ n: 1 }]);
  await one.release();
  expect(isUp()).toBe(true);
  expect(await ask(other.admin, 'select 1 as n')).toEqual([{ n: 1 }]);
  await other.release();
  expect(isUp()).toBe(false);
});

it('is PostgreSQL 18 on a socket that only its own account may enter', async () => {
  const { admin, release } = await startEmbedded(home);
  expect(
    await ask(
      admin,
      `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as tcp`,
    ),
  ).toEqual([{ major: 18, tcp: '' }]);
  await release();
});

it('keeps what was committed when the server is killed', async () => {
  const first = await startEmbedded(home);
  await ask(first.admin, 'create table kept as select 42 as n');
  process.kill(postmaster(), 'SIGKILL');
  const second = await startEmbedded(home);
  expect(await ask(second.admin, 'select n from kept')).toEqual([{ n: 42 }]);
  await first.release();
  await second.release();
  expect(isUp()).toBe(false);
});

it('is joined by the next process when the one that started it was killed', async () => {
  const program = `import { startEmbedded } from '#runtime/db/embedded.ts'; await startEmbedded(${JSON.stringify(home)}); console.log('up'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const pid = postmaster();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const next = await startEmbedded(home);
  expect(postmaster()).toBe(pid);
  await next.release();
  expect(isUp()).toBe(false);
});

describe('says what is wrong', () => {
  it('with the data of another major version', async () => {
    mkdirSync(join(home, 'postgres'));
    writeFileSync(join(home, 'postgres', 'PG_VERSION'), '17\n');
    await expect(startEmbedded(home)).rejects.toMatchObject({
      code: 'data-of-other-version',
      values: { found: '17', needed: '18' },
    });
  });

  it('with a data directory that cannot be written', async () => {
    writeFileSync(join(home, 'a-file'), '');
    await expect(startEmbedded(join(home, 'a-file', 'data'))).rejects.toMatchObject({ code: 'data-not-writable' });
  });
});

describe('the keys of an installation', () => {
  it('are made once, and stay', () => {
    const first = installationKeys(home, {});
    const second = installationKeys(home, {});
    expect(second.secret).toBe(first.secret);
    expect(second.keyId).toBe(first.keyId);
    expect(isSignedBy(second.publicKey, 'a release', first.sign('a release'))).toBe(true);
    expect(isSignedBy(second.publicKey, 'another', first.sign('a release'))).toBe(false);
  });

  it('come from the environment where it names them', () => {
    const pem = readFileSync(join(home, (installationKeys(home, {}), 'signing-key.pem')), 'utf8');
    const elsewhere = join(home, 'elsewhere');
    const keys = installationKeys(elsewhere, { KANADE_SECRET: 'given', KANADE_SIGNING_KEY: pem });
    expect(keys.secret).toBe('given');
    expect(keys.keyId).toBe(installationKeys(home, {}).keyId);
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('are refused when they are no Ed25519 key', () => {
    expect(() => installationKeys(home, { KANADE_SIGNING_KEY: 'nonsense' })).toThrow(
      expect.objectContaining({ code: 'signing-key-invalid' }),
    );
  });
});
