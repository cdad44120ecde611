/**
 * Which files is the product written in, and what does each import?
 * Read as text, so that a file counts even when nothing runs it.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const rooms = ['engine', 'schemas', 'rulesets', 'templates', 'runtime', 'studio', 'test'] as const;

/** An import as it is written, and the file it leads to when that is one of ours. */
export interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly file: string | undefined;
  readonly typeOnly: boolean;
}

/** Paths from the root of all files of ours that match, generated ones left out. */
export function files(pattern: string): string[] {
  return globSync(`{${rooms.join(',')}}/${pattern}`, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('schemas/generated/'))
    .sort();
}

export const codeFiles = (): string[] => files('**/*.{ts,mjs,svelte}');

export const text = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The text without comments. Good enough for scanning; strings that hold comment marks are rare and harmless. */
export const code = (file: string): string =>
  text(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replaceAll(/<!--[\s\S]*?-->/g, '');

const statements = /^[ \t]*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\sfrom\s*)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const workers = /new URL\(\s*['"](\.[^'"]+\.ts)['"]\s*,\s*import\.meta\.url/g;

export function importsOf(from: string): Import[] {
  const source = code(from);
  const written = [...source.matchAll(statements)].map(([, , type, specifier = '']) =>
    importOf(from, specifier, type !== undefined),
  );
  const called = [dynamic, workers].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, specifier = '']) => importOf(from, specifier)),
  );
  return [...written, ...called];
}

export function importOf(from: string, specifier: string, typeOnly = false): Import {
  return { from, specifier, file: ours(from, specifier), typeOnly };
}

const aliases: readonly (readonly [RegExp, string])[] = [
  [/^#(engine|schemas|runtime)\//, '$1/'],
  [/^#lib\//, 'studio/lib/'],
];

function ours(from: string, specifier: string): string | undefined {
  // What SvelteKit makes for a route is not a file of ours.
  if (specifier === './$types') return undefined;
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier)).replaceAll('\\', '/');
  for (const [pattern, place] of aliases) {
    if (pattern.test(specifier)) return specifier.replace(pattern, place);
  }
  return undefined;
}
