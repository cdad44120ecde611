/**
 * Which bill is to be given back, and by which tax rules was it computed?
 */
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import type { App } from '#runtime/app.ts';
import { aroundBill, storedBill, type BillAround, type StoredBill } from '#runtime/bills/read-bill.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Bill } from '#schemas/generated/types.ts';

export type BillToCredit = {
  readonly stored: StoredBill;
  readonly around: BillAround;
  readonly bill: Bill;
  /** The rules of its cycle. */
  readonly release: Release;
  readonly taxRules: RulesetOf<'tax'>['body'];
};

/** Refused with `bill-unknown`. */
export async function billToCredit(
  tx: SqlRunner,
  app: Pick<App, 'keys'>,
  tenantId: number,
  billId: string,
): Promise<BillToCredit> {
  const stored = await storedBill(tx, billId);
  const { cycle, release } = await frameOf(tx, tenantId, stored.cycleId, app.keys.publicKey);
  const day = `${cycle.month}-01`;
  const tax = release.inForce('billingCycle', cycle.billingCycle, day)?.body.tax;
  const taxRules = tax === undefined ? undefined : release.inForce('tax', tax, day);
  if (taxRules === undefined) throw new Error(`the bill ${billId} was computed by tax rules that its release has`);
  return {
    stored,
    around: await aroundBill(tx, stored),
    bill: JSON.parse(stored.body) as Bill,
    release,
    taxRules: taxRules.body,
  };
}
