/**
 * How does the real operator come to have a month that is billed? The data set is imported, rated and closed, as of the month before.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { App } from '#runtime/app.ts';
import { closeMonth, computeMonth, openMonth } from './bill-month.ts';
import type { DemoPeople } from './demo-people.ts';
import { importDemoFiles } from './import-demo-file.ts';
import { realPopulation } from './real-population.ts';
import type { Told } from './seed.ts';
import { rulesetFolder } from './shipped-files.ts';
import { writePopulation } from './write-facts.ts';

export async function seedRealUsage(app: App, people: DemoPeople, begunOn: CivilDate, { log }: Told): Promise<void> {
  const { operator } = people;
  const billed = addMonths(firstOfMonth(begunOn), -1);
  const path = join(rulesetFolder('real-usage'), 'telecom-usage.csv');
  const population = realPopulation(readFileSync(path, 'utf8'), billed);
  log('demo.subscribers', { customers: String(population.customers.length) });
  await writePopulation(app, operator.tenantId, population);
  await importDemoFiles(app, operator, [{ path, format: 'monthly-usage', givenOn: billed }]);
  const month = { legalEntity: 'real-usage', billingCycle: 'month-end', month: billed.slice(0, 7) };
  await openMonth(app, people, month);
  await computeMonth(app, people, month);
  const bills = await closeMonth(app, people, month, firstOfMonth(begunOn));
  if (bills > 0) log('demo.billed', { month: month.month, bills: String(bills) });
}
