/** Is an author told which case fails, by how much, and why? */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kanade } from './terminal.ts';

const shipped = 'rulesets/kanade-mobile';

/** A copy of the shipped rulesets with one file changed. */
function copyWith(file: string, change: (text: string) => string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'cases-')), 'kanade-mobile');
  cpSync(shipped, folder, { recursive: true });
  writeFileSync(join(folder, file), change(readFileSync(join(shipped, file), 'utf8')));
  return folder;
}

describe('ruleset test', () => {
  it('finds that every case of what is shipped holds', async () => {
    const { exit, out } = await kanade(['ruleset', 'test', 'rulesets', '--json']);
    const { cases, diagnostics } = JSON.parse(out) as { cases: { passed: boolean }[]; diagnostics: unknown[] };
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(({ passed }) => !passed)).toEqual([]);
    expect([exit, diagnostics]).toEqual([0, []]);
  });

  it('names the case, both amounts and the reason when a price is raised without its case', async () => {
    const folder = copyWith('ratePlan/voicemail/v1.json', (text) => text.replace('"price": "300"', '"price": "310"'));
    const { exit, out } = await kanade(['ruleset', 'test', join(folder, 'ratePlan/voicemail')]);
    expect(exit).toBe(1);
    expect(out).toContain('月の途中からでも全額');
    expect(out).toContain('2026-11 option: 期待 300、結果 310');
    expect(out).toContain('2026-11 請求額: 期待 330、結果 341');
    expect(out).toContain('ケース 1 件、失敗 1 件');
  });

  it('says the same in English', async () => {
    const folder = copyWith('ratePlan/voicemail/v1.json', (text) => text.replace('"price": "300"', '"price": "310"'));
    const { out } = await kanade(['ruleset', 'test', join(folder, 'ratePlan/voicemail')], {
      environment: { KANADE_LANG: 'en' },
    });
    expect(out).toContain('2026-11 option: expected 300, came to 310');
    expect(out).toContain('1 cases, 1 failed');
  });

  it('runs nothing on rulesets with errors, and names them', async () => {
    const folder = copyWith('ratePlan/voicemail/v1.json', (text) => text.replace('"price": "300"', '"price": 300'));
    const { exit, out } = await kanade(['ruleset', 'test', folder, '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ cases: [], diagnostics: [{ code: 'decimal-as-number' }] });
  });

  it('names what is wrong with a file of cases', async () => {
    const folder = copyWith('ratePlan/voicemail/cases.json', (text) => text.replace('"total": "330"', '"totl": "330"'));
    const { exit, out } = await kanade(['ruleset', 'test', join(folder, 'ratePlan/voicemail/cases.json'), '--json']);
    expect(exit).toBe(1);
    expect((JSON.parse(out) as { diagnostics: { path: string }[] }).diagnostics[0]?.path).toBe(
      '/0/expect/bills/0/totl',
    );
  });
});
