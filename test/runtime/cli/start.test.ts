/** Does whoever cannot start Kanade learn in one sentence what to do, with exit code 2? */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inject, it } from 'vitest';
import { kanade } from './terminal.ts';

const told = (out: string): { code: string; message: string } =>
  (JSON.parse(out) as { error: { code: string; message: string } }).error;

it('a taken port is named before anything else is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { exit, out } = await kanade(['serve', '--json'], { environment: { PORT: String(port) } });
  other.close();
  expect([exit, told(out).code]).toEqual([2, 'port-in-use']);
  expect(told(out).message).toContain(String(port));
});

it.each([
  ['no address of a database', 'mysql://localhost/kanade', 'database-url-invalid'],
  ['a server that does not answer', 'postgres://nobody@127.0.0.1:9/kanade', 'database-unreachable'],
])('%s is told as such', async (_what, DATABASE_URL, code) => {
  const environment = { DATABASE_URL, KANADE_DATA: inject('home'), KANADE_LANG: 'en' };
  const { exit, out } = await kanade(['release', 'list', '--token', 'kanade_x', '--json'], { environment });
  expect([exit, told(out).code]).toEqual([2, code]);
  expect(told(out).message).not.toContain('startup.');
});

it('a port that is no number is the caller’s mistake', async () => {
  const { exit, out } = await kanade(['serve', '--json'], { environment: { PORT: 'http' } });
  expect([exit, told(out).code]).toEqual([1, 'not-a-port']);
});

it('an address of another machine is no place to listen', async () => {
  const { exit, out } = await kanade(['serve', '--json'], { environment: { HOST: '203.0.113.1', PORT: '0' } });
  expect([exit, told(out).code]).toEqual([2, 'address-not-usable']);
});
