#!/usr/bin/env node
// Plain JavaScript, so that any Node can start it: re-executes with the project's own Node when the caller's is too old.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const cli = new URL('cli.ts', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 2)) {
  // What was compiled once is read back at the next start. Where nothing can be kept, nothing is.
  module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/kanade', import.meta.url)));
  await import(cli.href);
} else {
  const own = fileURLToPath(
    new URL(`../../node_modules/.bin/node${process.platform === 'win32' ? '.cmd' : ''}`, import.meta.url),
  );
  if (!existsSync(own)) {
    console.error(
      `Node ${process.versions.node} is too old and the project's own is missing: run "npm install" first.`,
    );
    process.exit(2);
  }
  const { status, signal } = spawnSync(own, [fileURLToPath(cli), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 2));
}
