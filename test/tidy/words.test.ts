/** Does everything that is said have words? What the code says by name is looked up in the messages of both languages. */
import { describe, expect, it } from 'vitest';
import { commands } from '#runtime/cli/commands/index.ts';
import { words } from '#schemas/messages/render.ts';
import { code, codeFiles } from './source-files.ts';

const product = codeFiles().filter((file) => !file.startsWith('test/'));
const known = (key: string): boolean => words('ja').has(key) && words('en').has(key);

/** What a pattern finds in the product, with the file that says it. */
const said = (pattern: RegExp): { file: string; name: string }[] =>
  product.flatMap((file) => [...code(file).matchAll(pattern)].map(([, name = '']) => ({ file, name })));

describe('there are words for', () => {
  it.each([
    ['every refusal', /new Refusal\(\s*'([a-z-]+)'/g, 'refusal.', 20],
    ['every problem of a bill', /new BillingProblem\(\s*'([a-z-]+)'/g, 'diagnostic.', 8],
    ['every problem of starting', /new StartUpProblem\(\s*'([a-z-]+)'/g, 'startup.', 8],
    ['every wrong call of the command line', /new WrongCall\(\s*'([a-z-]+)'/g, 'cli.', 8],
    ['every sentence said by name', /\brender\(\s*'([a-z][\w.-]+)'/g, '', 50],
  ] as const)('%s', (_what, pattern, room, atLeast) => {
    const found = said(pattern);
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
    expect(found.filter(({ name }) => !known(room + name))).toEqual([]);
  });

  it('every action on record, as a name to filter by and as a sentence', () => {
    const found = said(/\baction: '([a-zA-Z]+\.[a-zA-Z]+)'/g);
    expect(found.length).toBeGreaterThanOrEqual(20);
    const wordless = found.filter(({ name }) => !['name', 'action'].every((as) => known(`screen.audit.${as}.${name}`)));
    expect(wordless).toEqual([]);
  });

  it('every command', () => {
    expect(Object.keys(commands).filter((name) => !known(`cli.${name.replace(' ', '-')}.summary`))).toEqual([]);
  });
});
