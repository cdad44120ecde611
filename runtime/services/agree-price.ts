/**
 * Ask for another price for a customer, for all products or for one, from a day on; and end an agreement.
 * Also called: negotiated price, price override, 相対価格の申請・終了、個別単価.
 */
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { askIn } from '#runtime/agreements/concessions.ts';
import { assertForm, assertNamesWhatExists, assertReason } from '#runtime/agreements/terms.ts';
import { agreementKnown, endAgreementFrom } from '#runtime/agreements/write.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { NegotiatedPrice } from '#schemas/generated/types.ts';

export type PriceToAgree = {
  readonly customer: string;
  readonly agreement: NegotiatedPrice;
  readonly reason: string;
};

/**
 * It waits for somebody else to grant it (`grantConcession`). Refused with `customer-unknown`, `product-unknown`, `not-in-form`,
 * `charge-not-agreeable` and `reason-missing`.
 */
export async function agreePrice(
  app: App,
  actor: Actor,
  { customer, agreement, reason }: PriceToAgree,
): Promise<{ readonly agreement: string; readonly concession: string }> {
  authorize(actor, 'concession.ask');
  assertForm('NegotiatedPrice', agreement);
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const asked = { kind: 'agreement', terms: agreement } as const;
    await assertNamesWhatExists(tx, of, asked, release);
    const concession = await askIn(tx, actor, of, asked, why);
    const details = { ...agreement, concession, kind: 'agreement', reason: why };
    await record(tx, actor, { action: 'concession.asked', object: `customer/${customer}`, details });
    return { agreement: agreement.id, concession };
  });
}

export type AgreementToEnd = {
  readonly customer: string;
  readonly agreement: string;
  /** The first day without it; left out, it is withdrawn as if it had never been made. */
  readonly from?: CivilDate;
  readonly reason: string;
};

/**
 * Ended from a day on it is over at once; withdrawn, it waits for somebody else to grant that (`grantConcession`), and says so by its
 * number. What changes about closed months comes onto the next bill. Refused with `customer-unknown`, `fact-unknown` and
 * `agreement-not-then`.
 */
export async function endAgreement(
  app: App,
  actor: Actor,
  { customer, agreement, from, reason }: AgreementToEnd,
): Promise<{ readonly agreement: string; readonly concession: string | null }> {
  authorize(actor, from === undefined ? 'concession.ask' : 'agreement.write');
  const why = assertReason(reason);
  return withScope(app, actor, async (tx) => {
    const of = await readCustomer(tx, customer);
    const object = `customer/${customer}`;
    if (from === undefined) {
      const terms = { id: agreement, of: 'agreement', was: await agreementKnown(tx, of, agreement) } as const;
      const concession = await askIn(tx, actor, of, { kind: 'withdrawal', terms }, why);
      const details = { ...terms, concession, kind: 'withdrawal', reason: why };
      await record(tx, actor, { action: 'concession.asked', object, details });
      return { agreement, concession };
    }
    await endAgreementFrom(tx, actor, of, agreement, from);
    const details = { id: agreement, reason: why, lastDay: addDays(from, -1) };
    await record(tx, actor, { action: 'agreement.ended', object, details });
    return { agreement, concession: null };
  });
}
