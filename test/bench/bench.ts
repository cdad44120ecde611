/** How fast is it? `npm run -s bench [-- NAME… --json]`; exits with 1 when a result is wrong, with 2 when it cannot be measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { analysis, entangled } from './analysis-contest.ts';
import { batch } from './batch-contest.ts';
import { bill, count, trace } from './bill-contests.ts';
import { contest, NotPossibleHere, type Contest, type Result } from './measure.ts';
import { preview } from './preview-contest.ts';
import { linear, rating, rules, tasks, workers } from './rating-contests.ts';
import { compile, conditions, library, misses, table } from './rule-contests.ts';

const contests: Readonly<Record<string, () => Contest | Promise<Contest>>> = {
  rating,
  rules,
  linear,
  workers,
  tasks,
  batch,
  library,
  conditions,
  compile,
  table,
  misses,
  analysis,
  entangled,
  bill,
  trace,
  count,
  preview,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const names = positionals.length > 0 ? positionals : Object.keys(contests);

const results: Result[] = [];
const skipped: { readonly name: string; readonly skipped: string }[] = [];
for (const name of names) {
  const make = contests[name];
  if (make === undefined) {
    console.error(`there is no bench called ${name}: ${Object.keys(contests).join(', ')}`);
    process.exitCode = 2;
    continue;
  }
  let prepared: Contest | undefined;
  try {
    prepared = await make();
    const result = await contest(prepared, version);
    results.push(result);
    if (values.json !== true) console.log(line(result));
  } catch (error) {
    // What a machine lacks is no fault of ours: the others are measured all the same.
    if (error instanceof NotPossibleHere) {
      if (values.json === true) skipped.push({ name, skipped: error.message });
      else console.log(`${name}: skipped, ${error.message}`);
      continue;
    }
    console.error(String(error));
    process.exitCode = 1;
  } finally {
    await prepared?.close?.();
  }
}
if (values.json === true) {
  const all = [...results, ...skipped];
  console.log(JSON.stringify(names.length === 1 ? all[0] : all));
}
if (positionals.length === 0 && process.exitCode === undefined) writeTable(results);

function line(result: Result): string {
  const { name, value, unit, ratio, aim, checksum, loadavg } = result;
  const verdict = ratio >= aim ? 'reached' : 'NOT reached';
  return `${name}: ${figure(value)} ${unit}; ${comparedWith(result)}; ratio ${figure(ratio)}, aim ${figure(aim)} ${verdict}; checksum ${checksum}; load ${figure(loadavg)}`;
}

/** What ours is compared with, and what lies between the two. */
function comparedWith({ against, reference, between }: Result): string {
  const points = Object.entries(between ?? {}).map(([point, speed]) => `; ${point}: ${figure(speed)}`);
  return `${against}: ${figure(reference)}${points.join('')}`;
}

/** All results, where the README keeps them. */
function writeTable(all: readonly Result[]): void {
  const readme = new URL('../../README.md', import.meta.url);
  const [before = '', after = ''] = readFileSync(readme, 'utf8').split(/(?<=<!-- bench -->)[^]*?(?=<!-- \/bench -->)/);
  const load = all.map(({ loadavg }) => loadavg);
  const rows = all.map((result) => {
    const { name, value, unit, ratio, aim } = result;
    return [name, `${figure(value)} ${unit}`, comparedWith(result), figure(ratio), figure(aim)];
  });
  const heads = ['bench', 'ours', 'against', 'ratio', 'aim'];
  const widths = heads.map((head, column) =>
    Math.max(...[heads, ...rows].map((row) => row[column]!.length), head.length),
  );
  const written = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at]!)).join(' | ')} |`;
  const table = [written(heads), written(widths.map((width) => '-'.repeat(width))), ...rows.map(written)].join('\n');
  const versions = `Kanade ${version}, Node ${process.versions.node}, load average ${figure(Math.min(...load))} to ${figure(Math.max(...load))} while measuring.`;
  writeFileSync(readme, `${before}\n\n${table}\n\n${versions}\n\n${after}`);
}

function figure(amount: number): string {
  return amount.toLocaleString('en', { maximumFractionDigits: amount < 10 ? 2 : 0 });
}
