/** Does every import point the way the rooms do? schemas ← engine ← runtime ← studio (server); studio (browser) → engine, schemas. */
import { describe, expect, it } from 'vitest';
import { codeFiles, importOf, importsOf, type Import } from './source-files.ts';

/** What each room may use of ours, and which packages when they are counted. */
const may = {
  schemas: { rooms: ['schemas'], packages: ['intl-messageformat', 'ajv', 'json-schema-to-typescript'] },
  engine: { rooms: ['schemas', 'engine'], packages: [] },
  oracle: { rooms: ['schemas', 'engine'], packages: ['json-rules-engine', 'decimal.js'] },
  runtime: { rooms: ['schemas', 'engine', 'runtime'], packages: 'any' },
  server: { rooms: ['schemas', 'engine', 'runtime', 'studio'], packages: 'any' },
  browser: { rooms: ['schemas', 'engine', 'studio'], packages: 'any' },
  test: { rooms: ['schemas', 'engine', 'runtime', 'studio', 'test'], packages: 'any' },
} as const satisfies Record<string, { rooms: readonly string[]; packages: readonly string[] | 'any' }>;

/** Which rule a file lives under. Only what SvelteKit keeps out of the browser counts as the studio's server side. */
function side(file: string): keyof typeof may {
  if (file.startsWith('engine/oracle/')) return 'oracle';
  if (file.startsWith('studio/')) {
    return /(\.server\.ts|\/\+server\.ts|^studio\/hooks\.server\.ts)$/.test(file) ||
      file.startsWith('studio/lib/server/')
      ? 'server'
      : 'browser';
  }
  return file.split('/')[0] as keyof typeof may;
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function fault({ from, specifier, file, typeOnly }: Import): string | undefined {
  const { rooms, packages } = may[side(from)];
  const wrong = `${from} → ${specifier}`;
  if (file !== undefined) {
    const room = file.split('/')[0] ?? '';
    // A page may be typed by the service that fills it: types are erased, and nothing of the runtime reaches the browser.
    if (typeOnly && room === 'runtime' && side(from) === 'browser') return undefined;
    if (!(rooms as readonly string[]).includes(room)) return wrong;
    if (file.startsWith('engine/oracle/') && !['oracle', 'test'].includes(side(from)))
      return `${wrong} (the oracle is for tests)`;
    if (side(file) === 'server' && side(from) === 'browser') return `${wrong} (server side)`;
    return undefined;
  }
  if (specifier.startsWith('node:')) {
    const generator = from.startsWith('schemas/generate/');
    return ['engine', 'oracle', 'browser'].includes(side(from)) || (side(from) === 'schemas' && !generator)
      ? wrong
      : undefined;
  }
  if (specifier === 'json-rules-engine' && !['oracle', 'test'].includes(side(from))) return wrong;
  return packages === 'any' || (packages as readonly string[]).includes(packageName(specifier)) ? undefined : wrong;
}

describe('imports', () => {
  it('point from the studio to the runtime to the engine to the schemas, and never back', () => {
    expect(codeFiles().flatMap(importsOf).map(fault).filter(Boolean)).toEqual([]);
  });

  it.each([
    ['engine/billing/bill.ts', '#runtime/clock/clock.ts', 'the engine asks no room above it'],
    ['engine/money/exact.ts', 'node:fs', 'the engine reads no file'],
    ['engine/money/exact.ts', 'decimal.js', 'the core depends on nothing'],
    ['engine/billing/bill.ts', 'json-rules-engine', 'only the oracle knows the library'],
    ['runtime/cycles/run.ts', '#engine/oracle/oracle.ts', 'the oracle is for tests'],
    ['runtime/cycles/run.ts', '../../rulesets/a/v1.json', 'rulesets are read, never imported'],
    ['runtime/cycles/run.ts', '../../test/support/postgres.ts', 'nothing imports test'],
    ['studio/lib/ui/Amount.svelte', '#runtime/access/permissions.ts', 'the browser has no runtime'],
    ['studio/lib/ui/Amount.svelte', '#lib/server/session.ts', 'the browser has no server side'],
    ['schemas/messages/render.ts', '#engine/billing/bill.ts', 'the schemas know no engine'],
  ])('would be caught from %s to %s: %s', (from, specifier) => {
    expect(fault(importOf(from, specifier))).toContain(`${from} → ${specifier}`);
  });
});
