/** Is an author told everything at once, and in the right file? */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { kanade } from './terminal.ts';

const shipped = 'rulesets/kanade-mobile';
const plan = 'ratePlan/smartphone-m/v1.json';

/** A copy of the shipped rulesets with one file changed. */
function copyWith(file: string, change: (text: string) => string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'rulesets-')), 'kanade-mobile');
  cpSync(shipped, folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(shipped, file), 'utf8')));
  return folder;
}

async function check(...paths: string[]): Promise<{ exit: number; files: number; diagnostics: Diagnostic[] }> {
  const { exit, out } = await kanade(['ruleset', 'check', ...paths, '--json']);
  return { exit, ...(JSON.parse(out) as { files: number; diagnostics: Diagnostic[] }) };
}

describe('ruleset check', () => {
  // What is shipped is judged whole by test/rulesets: here are the operators that are checked soonest, with their cases.
  it('has no error to report about two operators at once', async () => {
    const { exit, files, diagnostics } = await check('rulesets/kanade-homes', 'rulesets/kanade-machines');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(files).toBeGreaterThan(20);
    expect(exit).toBe(0);
  });

  it('names file, place, code and remedy of a price that is no amount', async () => {
    const folder = copyWith(plan, (text) => text.replace(/"price": "4200"/, '"price": 4200'));
    const { exit, diagnostics } = await check(folder);
    expect(exit).toBe(1);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([{ code: 'decimal-as-number', path: '/body/charges/1/price' }]);
    expect(errors[0]?.source).toContain(plan);
    expect((await kanade(['ruleset', 'check', join(folder, 'ratePlan/smartphone-m')])).out).toMatch(
      /エラー .*smartphone-m.*\[decimal-as-number\]/,
    );
  });

  it('names the case that a changed price no longer agrees with', async () => {
    const folder = copyWith(plan, (text) => text.replace(/"price": "4200"/, '"price": "4300"'));
    const { exit, diagnostics } = await check(join(folder, 'ratePlan/smartphone-m'));
    expect(exit).toBe(1);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['case-fails']));
    expect(diagnostics[0]?.source).toMatch(/smartphone-m\/cases\.json$/);
  });

  it('judges a single file together with the rulesets it refers to', async () => {
    const { exit, files, diagnostics } = await check(`${shipped}/offering/smartphone-m/v1.json`);
    expect([exit, files, diagnostics]).toEqual([0, 1, []]);
  });

  it('finds a reference that leads nowhere, in the file that holds it only', async () => {
    const folder = copyWith('offering/smartphone-m/v1.json', (text) =>
      text.replace('"ratePlan": "smartphone-m"', '"ratePlan": "smartphone-q"'),
    );
    expect((await check(join(folder, 'offering/smartphone-m'))).diagnostics.map(({ code }) => code)).toEqual([
      'unknown-reference',
    ]);
    expect((await check(join(folder, 'tax'))).diagnostics).toEqual([]);
  });

  it('finds a file whose place does not say what it holds', async () => {
    const folder = copyWith(plan, (text) => text.replace('"version": 1', '"version": 2'));
    expect((await check(folder)).diagnostics.map(({ code }) => code)).toContain('file-in-wrong-place');
  });

  it('survives a file that is no JSON, and still checks the rest', async () => {
    const folder = copyWith(plan, () => '{ "kind": ');
    const { exit, diagnostics } = await check(folder);
    expect(exit).toBe(1);
    expect(diagnostics.map(({ code }) => code)).toContain('malformed-json');
  });
});
