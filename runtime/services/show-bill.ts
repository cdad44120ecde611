/**
 * Show one bill, with all that an invoice of it needs.
 * Also called: bill detail, 請求書の表示.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import {
  aroundBill,
  billedProducts,
  storedBill,
  type BillAround,
  type BilledProduct,
} from '#runtime/bills/read-bill.ts';
import { templateOfCycle } from '#runtime/bills/template-of-cycle.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Bill, InvoiceTemplateBody } from '#schemas/generated/types.ts';

export type ShownBill = BillAround & {
  readonly id: string;
  readonly bill: Bill;
  readonly digest: string;
  readonly products: readonly BilledProduct[];
  /** Title and message of the invoice; null when the billing cycle names no template. */
  readonly wording: InvoiceTemplateBody | null;
};

export async function showBill(app: App, actor: Actor, { billId }: { readonly billId: string }): Promise<ShownBill> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, async (tx) => {
    const stored = await storedBill(tx, billId);
    const bill = JSON.parse(stored.body) as Bill;
    const { cycle, release } = await frameOf(tx, actor.tenantId, stored.cycleId, app.keys.publicKey);
    const products = await billedProducts(tx, stored, bill, release);
    return {
      ...(await aroundBill(tx, stored)),
      id: stored.id,
      bill,
      digest: stored.digest,
      products,
      wording: templateOfCycle(release, cycle)?.body ?? null,
    };
  });
}
