/**
 * Which Kanade do the walks go through? The real one, started once by its own command with the demo in it.
 * Its data lies in a folder of its own and goes with it; with KANADE_WALK_URL and KANADE_WALK_PASSWORD one that runs already is walked through. Without a Chromium nothing is started: the walks then say why they are skipped.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { chromiumPath } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where Kanade answers, and everybody's password; empty when there is no browser to look at it. */
    kanade: { readonly url: string; readonly password: string };
  }
}

export interface Running {
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const longestStartMs = 600_000;

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (chromiumPath() === undefined) {
    project.provide('kanade', { url: '', password: '' });
    return undefined;
  }
  const { KANADE_WALK_URL: url, KANADE_WALK_PASSWORD: password } = process.env;
  if (url !== undefined && password !== undefined) {
    project.provide('kanade', { url, password });
    return undefined;
  }
  const kanade = await startKanade('--small-demo');
  project.provide('kanade', {
    url: kanade.url,
    password: readFileSync(join(kanade.folder, 'demo-password.txt'), 'utf8').trim(),
  });
  return kanade.stop;
}

/** Starts `kanade serve` with `options` in a new data folder, and comes back when it answers. */
export async function startKanade(...options: readonly string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'kanade-walk-'));
  // The database runs as an account of its own and must be able to pass through.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const child = spawn(process.execPath, ['runtime/cli/cli.ts', 'serve', ...options], {
    cwd: checkout,
    env: { ...asFromATerminal(process.env), KANADE_DATA: folder, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await answering(child, url);
  } catch (problem) {
    await stopped(child, folder);
    throw problem;
  }
  return { url, folder, stop: () => stopped(child, folder) };
}

/** The environment without what the test runner put into it: under NODE_ENV=test the pages would be built for development. */
function asFromATerminal(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ofTheRunner = /^(NODE_ENV|VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|DATABASE_URL)$/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ofTheRunner.test(name)));
}

async function answering(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (said += text.toString()));
  const giveUpAt = Date.now() + longestStartMs;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`Kanade did not start:\n${said}`);
}

async function stopped(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
  rmSync(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
