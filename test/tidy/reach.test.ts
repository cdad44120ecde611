/** Is every file of use? Each is reached from where a person, a page, a worker or a test begins. */
import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeFiles, files, importsOf, root } from './source-files.ts';

/** Where the product begins: the command line, the pages, the generator of schemas. Workers are found by the URL that names them. */
const isProductStart = (file: string): boolean =>
  file === 'runtime/cli/cli.ts' ||
  file === 'runtime/cli/kanade.mjs' ||
  file === 'schemas/generate/generate.ts' ||
  /^studio\/(routes\/(.*\/)?\+[^/]+|hooks(\.\w+)?\.ts|service-worker\.ts)$/.test(file);

/** Where checking begins; what must not compile is checked by compiling it. */
const isTestStart = (file: string): boolean =>
  /^test\/(.*\.(test|bench)\.ts|.*\/must-not-compile\.ts|bench\/bench\.ts|support\/(postgres|replay)\.ts)$/.test(file);

function reached(starts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const waiting = [...starts];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !/\.(ts|mjs|svelte)$/.test(file)) continue;
    seen.add(file);
    for (const each of importsOf(file))
      if (each.file !== undefined && !each.file.startsWith('schemas/generated/')) waiting.push(each.file);
  }
  return seen;
}

describe('every file', () => {
  const all = codeFiles();
  const configs = globSync('*.config.ts', { cwd: root });

  it('of the product is reached from the command line, a page or a worker', () => {
    const live = reached(all.filter(isProductStart));
    const product = all.filter((file) => !file.startsWith('test/') && !file.startsWith('engine/oracle/'));
    expect(product.filter((file) => !live.has(file))).toEqual([]);
  });

  it('of the tests is a test or used by one', () => {
    const live = reached([...all.filter((file) => isTestStart(file)), ...configs]);
    expect(all.filter((file) => /^(test|engine\/oracle)\//.test(file) && !live.has(file))).toEqual([]);
  });

  it('that is imported exists', () => {
    const present = new Set(files('**/*'));
    const missing = all
      .flatMap(importsOf)
      .filter(({ file }) => file !== undefined && !file.startsWith('schemas/generated/') && !present.has(file));
    expect(missing.map(({ from, specifier }) => `${from} → ${specifier}`)).toEqual([]);
  });
});
