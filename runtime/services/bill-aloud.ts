/**
 * Read a bill to a customer: each line in sentences without signs, then tax, total and due day, from the frozen inputs of its cycle;
 * and what was given back of it since.
 * Also called: call-centre script, 請求の読み上げ, 電話応対.
 */
import { billAloud, type BillSpoken } from '#engine/explain/aloud/bill-aloud.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { rederive } from '#runtime/bills/explain.ts';
import { storedBill } from '#runtime/bills/read-bill.ts';
import { creditsAloud } from '#runtime/credits/credits-aloud.ts';
import { issuedCredits } from '#runtime/credits/credits-of-bill.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Said } from '#schemas/messages/render.ts';

export async function readBillAloud(
  app: App,
  actor: Actor,
  { billId }: { readonly billId: string },
): Promise<BillSpoken & { readonly credits: readonly (readonly Said[])[] }> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, async (tx) => {
    const stored = await storedBill(tx, billId);
    const frame = await frameOf(tx, actor.tenantId, stored.cycleId, app.keys.publicKey);
    const { bill, document, trace } = await rederive(tx, stored, frame);
    const credits = await creditsAloud(tx, stored, frame.release, await issuedCredits(tx, stored));
    return { ...billAloud(bill, document, frame.release, trace), credits };
  });
}
