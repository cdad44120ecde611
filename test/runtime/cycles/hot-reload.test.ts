/**
 * Is a release that is published while threads live taken up by the next cycle, without a restart, and does what was opened before
 * end on the release that it began with? Also called: hot reload, 稼働中のリリース切り替え.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import { fileURLToPath } from 'node:url';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

/** The basic fee of 300 becomes 400 for everybody from the first day of the period that ends on the twentieth. */
function dearer(): RatePlanRuleset {
  const usable = usableRulesets(fileURLToPath(new URL('../../../rulesets/kanade-mobile', import.meta.url)));
  if ('diagnostics' in usable) throw new Error(JSON.stringify(usable.diagnostics));
  const plan = usable.rulesets.find(
    (each): each is RatePlanRuleset => each.kind === 'ratePlan' && each.id === 'data-sim',
  );
  const charges = plan!.body.charges.map((charge) => (charge.id === 'base' ? { ...charge, price: '400' } : charge));
  return {
    ...plan!,
    version: 2,
    effective: { from: '2026-10-21', to: null },
    existing: { mode: 'fromDate', date: '2026-10-21' },
    body: { ...plan!.body, charges: charges as RatePlanRuleset['body']['charges'] },
  };
}

it('the cycle opened before is billed at 300, the one opened after at 400, at once and on the same threads', async () => {
  const second = { ...subscriber('00000002'), billingCycle: 'twentieth' };
  const people = await mobileOperator(app, [subscriber('00000001'), second]);
  const open = (billingCycle: string) =>
    openCycle(app, people.operator, { legalEntity: 'kanade-mobile', billingCycle, month: '2026-11' });
  const run = async (cycleId: string, workers: number) =>
    (await runCycle(app, people.operator, { cycleId, workers })).finished;
  const totalOf = async (cycleId: string) =>
    (await listBills(app, people.auditor, { search: '', cycleId })).rows.map(({ total }) => total);

  const before = await open('month-end');
  const first = await run(before.cycleId, 2);
  expect(await totalOf(before.cycleId)).toEqual(['330']);

  let threadsStarted = 0;
  const count = (): void => void (threadsStarted += 1);
  process.on('worker', count);
  try {
    expect(await publishRelease(app, people.approver, [dearer()])).toMatchObject({ release: { number: 2 } });
    const after = await open('twentieth');
    const [again] = await Promise.all([run(before.cycleId, 1), run(after.cycleId, 1)]);
    expect(await totalOf(after.cycleId)).toEqual(['440']);
    expect(await totalOf(before.cycleId)).toEqual(['330']);
    expect(again!.digest).toBe(first!.digest);
  } finally {
    process.off('worker', count);
  }
  expect(threadsStarted).toBe(0);
}, 120_000);
