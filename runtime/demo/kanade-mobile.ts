/**
 * How does the demo carrier come to have two years of customers, twelve closed months, and a current month of usage that is ready
 * to be billed? Month by month, as it would have happened: what became known, what was used, the bills. Also called: デモ, 履歴.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  lastDayOfMonth,
  type CivilDate,
} from '#engine/calendar/civil-date.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { App } from '#runtime/app.ts';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { withCycle } from '#runtime/db/scope.ts';
import { closeMonth, computeMonth, openMonth, type MonthToBill } from './bill-month.ts';
import type { DemoPeople } from './demo-people.ts';
import { plansOf } from './demo-plans.ts';
import { importDemoFiles, type FileOnDisk } from './import-demo-file.ts';
import { filesOf, type DemoFile } from './mobile-files.ts';
import { mobilePopulation } from './mobile-population.ts';
import type { Days } from './mobile-usage.ts';
import { note, noted } from './noted.ts';
import type { Population } from './population.ts';
import type { DemoSize, Told } from './seed.ts';
import { rulesetFolder } from './shipped-files.ts';
import { together } from './together.ts';
import { writeFacts } from './write-facts.ts';

/** The demo is the same for the same seed and day. */
export const SEED = 20_261_101;

const billingCycles = ['month-end', 'twentieth'] as const;

type Carrier = {
  readonly app: App;
  readonly people: DemoPeople;
  readonly population: Population;
  readonly told: Told;
};

export async function seedKanadeMobile(
  app: App,
  people: DemoPeople,
  begunOn: CivilDate,
  told: Told,
  { customers, closedMonths, records }: DemoSize,
): Promise<void> {
  const population = populationOf(begunOn, customers);
  told.log('demo.customers', { customers: String(customers), seed: String(SEED), day: begunOn });
  const carrier = { app, people, population, told };
  const current = firstOfMonth(begunOn);
  const closed = Array.from({ length: closedMonths }, (_, index) => addMonths(current, index - closedMonths));
  const months: Month[] = [...closed.map(wholeMonth), currentMonth(begunOn, records)];
  await prepare(carrier, months[0]!);
  // A month is computed while the next one comes in: what comes in is known only after the month was frozen.
  for (const [index, firstDay] of closed.entries()) {
    for (const cycle of cyclesOf(firstDay)) await openMonth(app, people, cycle);
    await together([() => billed(carrier, firstDay), () => prepare(carrier, months[index + 1]!)]);
  }
}

/** What is known by a day, and the days whose usage comes in together. */
type Month = { readonly knownOn: CivilDate; readonly files: readonly Days[]; readonly isCurrent: boolean };

function wholeMonth(firstDay: CivilDate): Month {
  const lastDay = lastDayOfMonth(firstDay);
  return { knownOn: lastDay, files: [{ from: firstDay, through: lastDay, records: null }], isCurrent: false };
}

const DAYS_A_FILE = 10;

/** All that is known today, and usage up to yesterday, for which the exchange has written a file every ten days. */
export function currentMonth(today: CivilDate, records: number): Month {
  const firstDay = firstOfMonth(today);
  const lastDay = later(addDays(today, -1), firstDay);
  const days = daysBetween(firstDay, lastDay) + 1;
  const files = Array.from({ length: Math.ceil(days / DAYS_A_FILE) }, (_, index) => {
    const from = addDays(firstDay, index * DAYS_A_FILE);
    const through = earlier(addDays(from, DAYS_A_FILE - 1), lastDay);
    return { from, through, records: Math.ceil((records * (daysBetween(from, through) + 1)) / days) };
  });
  return { knownOn: today, files, isCurrent: true };
}

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);
const earlier = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);

/** The customers, with their contracts bound to the versions of the shipped rulesets. */
export function populationOf(today: CivilDate, customers: number): Population {
  const usable = usableRulesets(rulesetFolder('kanade-mobile'));
  if ('diagnostics' in usable)
    throw new Error(`the shipped rulesets are unusable: ${JSON.stringify(usable.diagnostics)}`);
  return mobilePopulation(SEED, plansOf(prepareRelease(usable.rulesets), today), customers);
}

const cyclesOf = (firstDay: CivilDate): MonthToBill[] =>
  billingCycles.map((billingCycle) => ({ legalEntity: 'kanade-mobile', billingCycle, month: firstDay.slice(0, 7) }));

/** What became known in the month, and what was used in it. */
async function prepare(carrier: Carrier, { knownOn, files, isCurrent }: Month): Promise<void> {
  await register(carrier, knownOn);
  const { app, people, population, told } = carrier;
  const written = files.flatMap((days) => writtenFiles(app, filesOf(SEED, population, days)));
  await importDemoFiles(app, people.operator, written, ({ name, received, accepted, duplicate, rejected }) => {
    if (!isCurrent) return;
    const lines = { received, accepted, duplicate, rejected };
    const values = Object.fromEntries(Object.entries(lines).map(([what, count]) => [what, String(count)]));
    told.log('demo.imported', { name, ...values });
  });
}

/** The files in the data directory, as if they had been delivered there. */
function writtenFiles(app: App, files: readonly DemoFile[]): FileOnDisk[] {
  const folder = join(app.dataDirectory, 'demo', 'kanade-mobile');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return files.map(({ name, format, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { path, format };
  });
}

/** Writes what became known since the day last written, in one transaction with the note of it. */
async function register({ app, people: { operator }, population }: Carrier, through: CivilDate): Promise<void> {
  const after = (await noted(app, operator, 'demo.registered')) ?? null;
  if (after !== null && through <= after) return;
  await withCycle(app, async (tx) => {
    await writeFacts(tx, operator.tenantId, population, { after, through });
    await note(tx, operator, 'demo.registered', through);
  });
}

/** Computes and closes both cycles of a month; their invoices are issued on the first day after it. */
async function billed({ app, people, told }: Carrier, firstDay: CivilDate): Promise<void> {
  const cycles = cyclesOf(firstDay);
  await together(cycles.map((cycle) => () => computeMonth(app, people, cycle)));
  let bills = 0;
  // One after the other, in the same order each time: they share a series of numbers.
  for (const cycle of cycles) bills += await closeMonth(app, people, cycle, addMonths(firstDay, 1));
  if (bills > 0) told.log('demo.billed', { month: firstDay.slice(0, 7), bills: String(bills) });
}
