/** What is shipped in rulesets/: every operator's files, as they lie there. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCases, isRuleset } from '#schemas/generated/validators.js';
import type { Case, Ruleset } from '#schemas/generated/types.ts';

const room = fileURLToPath(new URL('../../rulesets/', import.meta.url));

export interface ShippedFile {
  /** From rulesets/ on. */
  readonly file: string;
  readonly document: unknown;
}

const readFile = (file: string): ShippedFile => ({
  file: file.replaceAll('\\', '/'),
  document: JSON.parse(readFileSync(room + file, 'utf8')) as unknown,
});

export const operators: readonly string[] = [
  ...new Set(globSync('*/*/*/v*.json', { cwd: room }).map((file) => file.replaceAll('\\', '/').split('/')[0] ?? '')),
].sort();

export const rulesetFiles = (operator: string): readonly ShippedFile[] =>
  globSync(`${operator}/*/*/v*.json`, { cwd: room }).sort().map(readFile);

export const caseFiles = (operator: string): readonly ShippedFile[] =>
  globSync(`${operator}/*/*/cases.json`, { cwd: room }).sort().map(readFile);

const read = new Map<string, readonly Ruleset[]>();

/** All rulesets of an operator, in every version; read once. */
export function rulesetsOf(operator: string): readonly Ruleset[] {
  const rulesets = read.get(operator) ?? rulesetFiles(operator).map(rulesetIn);
  read.set(operator, rulesets);
  return rulesets;
}

function rulesetIn({ file, document }: ShippedFile): Ruleset {
  if (!isRuleset(document)) throw new Error(`${file}: ${JSON.stringify(isRuleset.errors?.[0])}`);
  return document;
}

export function casesIn({ file, document }: ShippedFile): readonly Case[] {
  if (!isCases(document)) throw new Error(`${file}: ${JSON.stringify(isCases.errors?.[0])}`);
  return document;
}

/** The data set of the US operator, one row a subscriber. */
export function telecomUsage(): readonly Readonly<Record<string, string>>[] {
  const [heading = '', ...rows] = readFileSync(`${room}real-usage/telecom-usage.csv`, 'utf8').trim().split(/\r?\n/);
  const columns = heading.split(',');
  return rows.map((row) => {
    const values = row.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}
