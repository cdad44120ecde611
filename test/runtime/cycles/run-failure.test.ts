/** Does whoever comes in the morning learn why the night's run stopped (計算が止まった理由)? */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const november = { legalEntity: 'kanade-mobile', billingCycle: 'month-end', month: '2026-11' };

it('a run that cannot go on says why, in the morning too', async () => {
  const people = await mobileOperator(app, [subscriber('00000001')]);
  const { cycleId } = await openCycle(app, people.operator, november);
  const publicKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const { finished } = await runCycle({ ...app, keys: { ...app.keys, publicKey } }, people.operator, {
    cycleId,
    workers: 1,
  });
  await expect(finished).rejects.toThrow('is not what was signed');
  await vi.waitFor(async () => {
    const { runs } = await cycleStatus(app, people.operator, { cycleId });
    expect(runs[0]?.failure).toEqual({
      code: 'cycle-run-failed',
      values: { message: 'release 1 is not what was signed' },
    });
  });
  expect(await (await runCycle(app, people.operator, { cycleId, workers: 1 })).finished).toMatchObject({ bills: 1 });
});
