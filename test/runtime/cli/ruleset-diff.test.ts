/** Does the command line say what differs, and refuse what it cannot read? */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kanade } from './terminal.ts';

const shipped = 'rulesets/kanade-mobile';
const plan = 'ratePlan/smartphone-m/v1.json';

function copyWith(change: (text: string) => string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'rulesets-')), 'kanade-mobile');
  cpSync(shipped, folder, { recursive: true });
  writeFileSync(join(folder, plan), change(readFileSync(join(shipped, plan), 'utf8')));
  return folder;
}
const dearer = copyWith((text) => text.replace('"price": "4200"', '"price": "4400"'));

describe('ruleset diff', () => {
  it.each([
    ['two files', join(shipped, plan), join(dearer, plan)],
    ['two folders', shipped, dearer],
  ])('says of %s what is dearer, in the currency of the operator', async (_what, before, after) => {
    const { exit, out } = await kanade(['ruleset', 'diff', before, after]);
    expect([exit, out]).toEqual([
      0,
      expect.stringContaining('▲ 値上げ  「基本料」の月額が 4,200 円から 4,400 円になります（200 円高い）。'),
    ]);
    const { out: json } = await kanade(['ruleset', 'diff', before, after, '--json', '--lang', 'en']);
    expect(JSON.parse(json)).toMatchObject({
      changes: [
        { kind: 'ratePlan', id: 'smartphone-m', findings: [{ about: 'price', direction: 'dearer', by: '200' }] },
      ],
      counts: { dearer: 1, cheaper: 0 },
    });
  });

  it('says that there is no difference', async () => {
    expect((await kanade(['ruleset', 'diff', shipped, shipped, '--lang', 'en'])).out).toBe('There is no difference.\n');
  });

  it('refuses a file that is no ruleset, with its place', async () => {
    const broken = copyWith((text) => text.replace('"price": "4200"', '"price": 4200'));
    const { exit, out } = await kanade(['ruleset', 'diff', join(shipped, plan), join(broken, plan)]);
    expect([exit, out]).toEqual([1, expect.stringContaining('/body/charges/1/price')]);
  });

  it('asks who wants to see what is published', async () => {
    const { exit, err } = await kanade(['ruleset', 'diff', 'release@1', 'release@2', '--lang', 'en']);
    expect([exit, err]).toEqual([1, expect.stringContaining('KANADE_TOKEN')]);
  });
});
