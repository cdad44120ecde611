/**
 * Add an amount to an account's bill by hand, or take one off; and take an adjustment back.
 * Also called: manual debit, manual credit, goodwill, 調整の登録・取り消し、お詫びの減額.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { askIn, givesAway } from '#runtime/agreements/concessions.ts';
import { assertForm, assertNamesWhatExists, assertReason } from '#runtime/agreements/terms.ts';
import { adjustmentKnown, endFact, writeAdjustment } from '#runtime/agreements/write.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Adjustment } from '#schemas/generated/types.ts';

export type AccountToAdjust = {
  readonly customer: string;
  readonly adjustment: Adjustment;
  readonly reason: string;
};

/**
 * What is added holds at once; what takes something off waits for somebody else to grant it (`grantConcession`), and says so by its
 * number. Refused with `customer-unknown`, `account-unknown`, `not-in-form`, `reason-missing` and `adjustment-exists`.
 */
export async function adjustAccount(
  app: App,
  actor: Actor,
  { customer, adjustment, reason }: AccountToAdjust,
): Promise<{ readonly adjustment: string; readonly concession: string | null }> {
  authorize(actor, 'concession.ask');
  assertForm('Adjustment', adjustment);
  const why = assertReason(reason);
  const asked = { kind: 'adjustment', terms: adjustment } as const;
  const waits = givesAway(asked);
  if (!waits) authorize(actor, 'adjustment.write');
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    await assertNamesWhatExists(tx, of, asked, release);
    const object = `customer/${customer}`;
    if (!waits) {
      await writeAdjustment(tx, actor, of, adjustment, why);
      const details = { ...adjustment, reason: why };
      await record(tx, actor, { action: 'adjustment.entered', object, details });
      return { adjustment: adjustment.id, concession: null };
    }
    const concession = await askIn(tx, actor, of, asked, why);
    const details = { ...adjustment, concession, kind: 'adjustment', reason: why };
    await record(tx, actor, { action: 'concession.asked', object, details });
    return { adjustment: adjustment.id, concession };
  });
}

/**
 * What took something off is gone at once; a charge that is taken back waits for somebody else to grant that (`grantConcession`), as
 * any amount off does. Refused with `customer-unknown` and `fact-unknown`.
 */
export async function takeBackAdjustment(
  app: App,
  actor: Actor,
  { customer, adjustment, reason }: { readonly customer: string; readonly adjustment: string; readonly reason: string },
): Promise<{ readonly adjustment: string; readonly concession: string | null }> {
  authorize(actor, 'concession.ask');
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const terms = { id: adjustment, of: 'adjustment', was: await adjustmentKnown(tx, of, adjustment) } as const;
    const asked = { kind: 'withdrawal', terms } as const;
    const object = `customer/${customer}`;
    if (givesAway(asked)) {
      const concession = await askIn(tx, actor, of, asked, why);
      const details = { ...terms, concession, kind: 'withdrawal', reason: why };
      await record(tx, actor, { action: 'concession.asked', object, details });
      return { adjustment, concession };
    }
    authorize(actor, 'adjustment.write');
    await endFact(tx, actor, 'adjustment', of, adjustment);
    const details = { id: adjustment, reason: why };
    await record(tx, actor, { action: 'adjustment.takenBack', object, details });
    return { adjustment, concession: null };
  });
}
