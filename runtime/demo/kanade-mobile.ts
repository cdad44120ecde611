/**
 * How does the demo carrier come to have customers and a month of usage? Its current month is left ready to be billed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { App } from '#runtime/app.ts';
import type { DemoPeople } from './demo-people.ts';
import { importDemoFile } from './import-demo-file.ts';
import { mobileFiles } from './mobile-files.ts';
import { mobilePopulation } from './mobile-population.ts';
import { mobileUsage } from './mobile-usage.ts';
import type { Told } from './seed.ts';
import { writePopulation } from './write-population.ts';

/** The demo is the same for the same seed and day. */
const SEED = 20_261_101;

export async function seedKanadeMobile(
  app: App,
  { operator }: DemoPeople,
  begunOn: CivilDate,
  told: Told,
): Promise<void> {
  const population = mobilePopulation(SEED, begunOn);
  const files = mobileFiles(SEED, population, mobileUsage(SEED, population, begunOn), begunOn);
  told.log('demo.customers', { customers: String(population.customers.length), seed: String(SEED), day: begunOn });
  await writePopulation(app, operator.tenantId, population);
  const folder = join(app.dataDirectory, 'demo', 'kanade-mobile');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { name, format, content } of files) {
    const path = join(folder, name);
    writeFileSync(path, content);
    await importDemoFile(app, operator, { path, format }, told);
  }
}
