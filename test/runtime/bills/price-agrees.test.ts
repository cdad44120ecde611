/** The price told beforehand is the price billed: `bill` over an account document, and the cycle, agree on every demo account. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import { documentBehind } from '#runtime/bills/explain.ts';
import { storedBill } from '#runtime/bills/read-bill.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope } from '#runtime/db/scope.ts';
import { currentMonth, populationOf, SEED } from '#runtime/demo/kanade-mobile.ts';
import { filesOf } from '#runtime/demo/mobile-files.ts';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { isAccountDocument } from '#schemas/generated/validators.js';
import { testApp, type TestApp } from '../../support/database.ts';
import { importText, mobileOperator } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
  const today = '2026-11-25';
  const population = populationOf(today, 80);
  people = await mobileOperator(app, population.customers);
  const files = currentMonth(today, 2_000).files.flatMap((days) => filesOf(SEED, population, days));
  for (const { name, format, content } of files) {
    await importText(app, people.operator, content, { name, format });
  }
}, 240_000);
afterAll(() => app.close());

it.each(['month-end', 'twentieth'])(
  'on every demo account closed by %s',
  async (billingCycle) => {
    const { cycleId } = await openCycle(app, people.operator, {
      legalEntity: 'kanade-mobile',
      billingCycle,
      month: '2026-11',
    });
    const results = await (await runCycle(app, people.operator, { cycleId, workers: 1 })).finished;
    expect((await cycleStatus(app, people.operator, { cycleId })).quarantine).toEqual([]);
    await withScope(app, people.operator, async (tx) => {
      const frame = await frameOf(tx, people.tenantId, cycleId, app.keys.publicKey);
      const ids = await tx.sql<{ id: string }>('select id from bill where cycle_id = $1', [cycleId]);
      expect(ids).toHaveLength(results!.bills);
      for (const { id } of ids) {
        const stored = await storedBill(tx, id);
        // By way of JSON, as somebody would hand it to the command line.
        const document: unknown = JSON.parse(JSON.stringify(await documentBehind(tx, stored, frame)));
        if (!isAccountDocument(document)) throw new Error(`${id}: ${JSON.stringify(isAccountDocument.errors)}`);
        expect(bill(document, frame.release).bills.map(canonicalJson)).toContain(stored.body);
      }
    });
  },
  240_000,
);
