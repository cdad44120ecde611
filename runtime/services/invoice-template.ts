/**
 * Show how the invoice of a bill is laid out: the template that the release which billed it names, and the source of its form.
 * To read, not to change. Also called: invoice template source, Handlebars, 請求書の様式.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { storedBill } from '#runtime/bills/read-bill.ts';
import { templateOfCycle } from '#runtime/bills/template-of-cycle.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope } from '#runtime/db/scope.ts';
import { formFiles, type FormFile } from '#runtime/documents/form.ts';
import { plainWording } from '#runtime/services/invoice-of-bill.ts';
import type { Localized } from '#schemas/generated/types.ts';

export type InvoiceTemplateShown = {
  /** Null where the billing cycle names no template: the plain form is used then. */
  readonly template: { readonly id: string; readonly version: number; readonly name: Localized } | null;
  readonly release: number;
  readonly title: Localized;
  readonly message: Localized;
  /** The page first, then the partials that it uses. */
  readonly files: readonly FormFile[];
};

/** Refused with `bill-unknown`. */
export async function invoiceTemplate(
  app: App,
  actor: Actor,
  { billId }: { readonly billId: string },
): Promise<InvoiceTemplateShown> {
  authorize(actor, 'bill.read');
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => {
    const stored = await storedBill(tx, billId);
    const { cycle, release } = await frameOf(tx, actor.tenantId, stored.cycleId, app.keys.publicKey);
    const found = templateOfCycle(release, cycle);
    const { template, title, message } = found?.body ?? plainWording;
    return {
      template: found === undefined ? null : { id: found.id, version: found.version, name: found.name },
      release: cycle.releaseNumber,
      title,
      message,
      files: formFiles(template),
    };
  });
}
