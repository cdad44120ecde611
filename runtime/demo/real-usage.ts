/**
 * How does the real operator come to have a month that is billed? The data set is imported, rated and closed, as of the month before.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMonths, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import { withScope } from '#runtime/db/scope.ts';
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import type { DemoPeople } from './demo-people.ts';
import { importDemoFile } from './import-demo-file.ts';
import { realPopulation } from './real-population.ts';
import type { Told } from './seed.ts';
import { rulesetFolder } from './shipped-files.ts';
import { writePopulation } from './write-population.ts';

const cycle = { legalEntity: 'real-usage', billingCycle: 'month-end' } as const;

export async function seedRealUsage(app: App, people: DemoPeople, begunOn: CivilDate, told: Told): Promise<void> {
  const { operator } = people;
  const billed = addMonths(firstOfMonth(begunOn), -1);
  const path = join(rulesetFolder('real-usage'), 'telecom-usage.csv');
  const population = realPopulation(readFileSync(path, 'utf8'), billed);
  told.log('demo.subscribers', { customers: String(population.customers.length) });
  await writePopulation(app, operator.tenantId, population);
  await importDemoFile(app, operator, { path, format: 'monthly-usage', givenOn: billed }, told);
  await billMonth(app, people, billed.slice(0, 7), told);
}

/** Opened and run by the operator, closed by the billing manager: nobody closes what they ran. */
async function billMonth(
  app: App,
  { operator, billingManager }: DemoPeople,
  month: string,
  { log }: Told,
): Promise<void> {
  const found = await cycleOf(app, operator, month);
  const cycleId = found?.id ?? (await openCycle(app, operator, { ...cycle, month })).cycleId;
  if (found?.state === 'closed') return;
  if (found?.state !== 'trial') {
    const { finished } = await runCycle(app, operator, { cycleId });
    await finished;
  }
  const { bills } = await closeCycle(app, billingManager, { cycleId });
  log('demo.billed', { month, bills: String(bills) });
}

type Found = { readonly id: string; readonly state: CycleState };

async function cycleOf(app: App, actor: Actor, month: string): Promise<Found | undefined> {
  const rows = await withScope(app, actor, (tx) =>
    tx.sql<Found>(
      'select id, state from cycle where tenant_id = $1 and legal_entity_id = $2 and billing_cycle = $3 and month = $4',
      [actor.tenantId, cycle.legalEntity, cycle.billingCycle, month],
    ),
  );
  return rows[0];
}
