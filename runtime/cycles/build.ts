/**
 * Which build of Kanade computes?
 * A hash over the sources of engine and runtime and the version of the package: every process that works on a cycle has the same.
 * Also called: engine version, code hash, ビルド, 版数.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
let known: string | undefined;

/** The hash, reckoned once in a process: what is on disk later is not what this process runs. */
export function buildHash(): string {
  known ??= hashOfSources();
  return known;
}

function hashOfSources(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const hash = createHash('sha256').update(version);
  for (const file of globSync(['engine/**/*.ts', 'runtime/**/*.ts'], { cwd: root }).toSorted()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
