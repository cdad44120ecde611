/** How fast is it? `npm run -s bench [-- NAME… --json]`; exits with 1 when a result is wrong, with 2 when it cannot be measured. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { billContest } from './bill-contest.ts';
import { contest, type Contest, type Result } from './measure.ts';
import { ratingContest } from './rating-contest.ts';

const contests: Readonly<Record<string, () => Contest | Promise<Contest>>> = {
  'rating-reference': ratingContest,
  bill: billContest,
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const names = positionals.length > 0 ? positionals : Object.keys(contests);

const results: Result[] = [];
for (const name of names) {
  const prepared = await prepare(name);
  if (prepared === undefined) continue;
  try {
    const result = contest(prepared, version);
    results.push(result);
    if (values.json !== true) console.log(line(result));
  } catch (error) {
    console.error(String(error));
    process.exitCode = 1;
  }
}
if (values.json === true) console.log(JSON.stringify(names.length === 1 ? results[0] : results));

/** What cannot be prepared was asked for by name, or is told and left out. */
async function prepare(name: string): Promise<Contest | undefined> {
  try {
    const make = contests[name];
    if (make === undefined) throw new Error(`there is no bench called ${name}: ${Object.keys(contests).join(', ')}`);
    return await make();
  } catch (error) {
    console.error(String(error));
    if (positionals.length > 0) process.exitCode = 2;
    return undefined;
  }
}

function line({ name, value, unit, reference, ratio, checksum }: Result): string {
  const figure = (amount: number): string => amount.toLocaleString('en');
  return `${name}: ${figure(value)} ${unit}, by hand ${figure(reference)} (${String(ratio)} of it), checksum ${checksum}`;
}
