/**
 * Grant or decline what somebody else asked for a customer: an agreed price, an amount taken off, the withdrawal of either.
 * Also called: approval of special terms, 個別条件の承認・却下.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import { decideIn, openConcession } from '#runtime/agreements/concessions.ts';
import { assertNamesWhatExists } from '#runtime/agreements/terms.ts';
import { endFact, writeAdjustment, writeAgreement } from '#runtime/agreements/write.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

type Decided = { readonly customer: string; readonly id: string };

/**
 * Written with the reason for which it was asked; the next cycle bills by it. Refused with `concession-unknown`, `concession-decided`,
 * `concession-same-person`, and with whatever stands in its way by now.
 */
export async function grantConcession(
  app: App,
  actor: Actor,
  { concession }: { readonly concession: string },
): Promise<Decided> {
  authorize(actor, 'concession.grant');
  return withScope(app, actor, async (tx) => {
    const asked = await openConcession(tx, concession);
    if (asked.askedBy === actor.personId) throw new Refusal('concession-same-person', {}, 403);
    const { customerId, reason } = asked;
    const customer = await readCustomer(tx, customerId);
    if (asked.kind === 'withdrawal') {
      const table = asked.terms.of === 'agreement' ? 'negotiated_price' : 'adjustment';
      await endFact(tx, actor, table, customer, asked.terms.id);
    } else {
      const { release } = await keptRelease(app, tx, actor.tenantId);
      await assertNamesWhatExists(tx, customer, asked, release);
      if (asked.kind === 'agreement') await writeAgreement(tx, actor, customer, asked.terms, reason);
      else await writeAdjustment(tx, actor, customer, asked.terms, reason);
    }
    await decideIn(tx, actor, concession, 'granted');
    const details = { ...asked.terms, concession, kind: asked.kind, reason };
    await record(tx, actor, { action: 'concession.granted', object: `customer/${customerId}`, details });
    return { customer: customerId, id: asked.terms.id };
  });
}

/** By whoever may grant it, or by whoever asked. Refused with `concession-unknown` and `concession-decided`. */
export async function declineConcession(
  app: App,
  actor: Actor,
  { concession }: { readonly concession: string },
): Promise<Decided> {
  if (!mayDo(actor, 'concession.ask')) authorize(actor, 'concession.grant');
  return withScope(app, actor, async (tx) => {
    const { customerId, kind, terms, reason, askedBy } = await openConcession(tx, concession);
    if (askedBy !== actor.personId) authorize(actor, 'concession.grant');
    await decideIn(tx, actor, concession, 'declined');
    const details = { concession, kind, reason };
    await record(tx, actor, { action: 'concession.declined', object: `customer/${customerId}`, details });
    return { customer: customerId, id: terms.id };
  });
}
