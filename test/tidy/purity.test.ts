/** Is the engine pure? No clock, no chance, no locale, no process, no binary floats near money. */
import { describe, expect, it } from 'vitest';
import { code, codeFiles } from './source-files.ts';

const impure =
  /\b(new Date|Date\.\w+|Math\.random|Temporal\.|Intl\.|toLocale\w+|localeCompare|process\.|console\.|fetch\(|set(Timeout|Interval|Immediate)\(|performance\.|crypto\.|globalThis|import\.meta|eval\(|new Function)/;
const floats = /\b(parseFloat|toFixed|toPrecision)\(/;

const hits = (files: readonly string[], pattern: RegExp): string[] =>
  files.flatMap((file) =>
    code(file)
      .split('\n')
      .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
  );

describe('the engine', () => {
  const engine = codeFiles().filter((file) => file.startsWith('engine/'));

  it('asks neither time nor chance nor place', () => {
    expect(engine.length).toBeGreaterThan(10);
    expect(hits(engine, impure)).toEqual([]);
  });

  it('and the runtime touch no binary float', () => {
    expect(hits([...engine, ...codeFiles().filter((file) => file.startsWith('runtime/'))], floats)).toEqual([]);
  });

  it.each([
    'const now = new Date();',
    'Math.random()',
    'console.log(line)',
    'names.sort((a, b) => a.localeCompare(b))',
  ])('would be caught at `%s`', (line) => {
    expect(impure.test(line)).toBe(true);
  });
});
