/** Are the pages built again when, and only when, what they are made of has changed? */
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fingerprintOf } from '#runtime/http/build.ts';

it('a change of content counts, a change of date does not, and the runtime is no part of the pages', () => {
  const root = mkdtempSync(join(tmpdir(), 'studio-'));
  for (const folder of ['studio/routes', 'runtime']) mkdirSync(join(root, folder), { recursive: true });
  const page = join(root, 'studio/routes/+page.svelte');
  writeFileSync(page, '<h1>奏</h1>');
  const first = fingerprintOf(root);
  utimesSync(page, 1, 1);
  writeFileSync(join(root, 'runtime/app.ts'), 'export {};');
  expect(fingerprintOf(root)).toBe(first);
  writeFileSync(page, '<h1>Kanade</h1>');
  expect(fingerprintOf(root)).not.toBe(first);
});
