/**
 * Are the pages of the shapes in step with the schemas and the cases?
 * `npx vitest run --project pure test/rulesets/shape-pages -u` writes them again.
 */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileOf, listOf, pageOf } from './shape-pages.ts';
import { choicesOf, chosen, groups, shapes, showing, shown } from './shapes.ts';

const room = new URL('../../rulesets/', import.meta.url);
const names = shapes.map(({ name }) => name);

describe('every shape', () => {
  it.each(chosen)('of %s has a formula', (definition) => {
    expect(choicesOf(definition).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has one case that shows it, and a case shows only shapes', () => {
    expect(shapes.filter((shape) => showing(shape).length !== 1).map(({ name }) => name)).toEqual([]);
    expect(shown.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(shapes.map((shape) => [shape.name, shape] as const))('%s has its page', async (_name, shape) => {
    await expect(await pageOf(shape)).toMatchFileSnapshot(new URL(fileOf(shape), room).pathname);
  });

  it('has a page that is one of these', () => {
    expect(globSync('shapes/*.md', { cwd: room }).sort()).toEqual(shapes.map(fileOf).sort());
  });

  it('is in the list of rulesets/README.md', async () => {
    const readme = new URL('README.md', room);
    const [before = ''] = readFileSync(readme, 'utf8').split('<!-- shapes -->');
    await expect(`${before}<!-- shapes -->\n\n${await listOf(groups)}`).toMatchFileSnapshot(readme.pathname);
  });
});
