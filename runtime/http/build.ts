/**
 * Are the studio's pages built, and from what lies here now? Also called: production build, bundle, ビルド.
 * Built by Vite in a process of its own: within ours it would keep more than a gigabyte.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** What the pages are made of. The server side of engine and runtime stays as it is and needs no build. */
const sources = ['studio/**/*', 'schemas/**/*.{ts,js,json}', 'engine/**/*.ts', 'vite.config.ts', 'package.json'];
const handler = 'build/handler.js';
const stamp = 'build/built-from.txt';

/** Builds the pages unless they were built from the files that lie here now. Says whether it did; `signal` gives up. */
export async function buildStudio(signal: AbortSignal, told: () => void, root = checkout): Promise<boolean> {
  const fingerprint = fingerprintOf(root);
  if (
    existsSync(join(root, handler)) &&
    existsSync(join(root, stamp)) &&
    readFileSync(join(root, stamp), 'utf8') === fingerprint
  )
    return false;
  told();
  await run(root, signal, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
  writeFileSync(join(root, stamp), fingerprint);
  return true;
}

/** One text for all source files by name and content: a checkout of another day or a touched file builds nothing. */
export function fingerprintOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (!statSync(join(root, file)).isFile()) continue;
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

async function run(root: string, signal: AbortSignal, command: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, command, { cwd: root, signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.once('exit', resolve).once('error', reject));
  if (code !== 0) throw new Error(`the pages could not be built:\n${said.slice(-4000)}`);
}
