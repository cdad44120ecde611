/**
 * How does a credit that was asked for become a credit note? Worked out, numbered and stored in one transaction, holding the
 * bill. Also called: credit note issue, 返還インボイスの発行, 四眼原則.
 */
import { creditNote, mayBeLeftOut, type CreditAsked } from '#engine/credits/credit-note.ts';
import { textToMinor } from '#engine/money/money.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { billToCredit, type BillToCredit } from '#runtime/credits/bill-to-credit.ts';
import { issuedCredits } from '#runtime/credits/credits-of-bill.ts';
import { digestOf } from '#runtime/cycles/digest.ts';
import { isUuid } from '#runtime/db/uuid.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { CreditNote } from '#schemas/generated/types.ts';

type Request = {
  readonly id: string;
  readonly shard: number;
  readonly billId: string;
  readonly askedBy: string;
  readonly lines: readonly CreditAsked[];
  readonly reason: string;
};

/** The request, held until the transaction ends. Refused with `credit-unknown`, or `credit-decided` when it is over. */
export async function openRequest(tx: ScopedTx, creditId: string): Promise<Request> {
  if (!isUuid(creditId)) throw new Refusal('credit-unknown', {}, 404);
  const [found] = await tx.sql<Request & { state: string }>(
    `select id, shard, bill_id as "billId", asked_by as "askedBy", lines, reason, state from credit_request where id = $1 for update`,
    [creditId],
  );
  if (found === undefined) throw new Refusal('credit-unknown', {}, 404);
  if (found.state !== 'open') throw new Refusal('credit-decided', {});
  return found;
}

/** What the lines come to now. Refused with whatever keeps them from being given back. */
export async function workedOut(
  tx: ScopedTx,
  { stored, around, bill, taxRules }: BillToCredit,
  lines: readonly CreditAsked[],
): Promise<CreditNote> {
  if (around.document === null) throw new Refusal('bill-not-closed', {});
  const before = (await issuedCredits(tx, stored)).map(({ note }) => note);
  const outcome = creditNote(bill, before, lines, taxRules);
  if (outcome.note !== undefined) return outcome.note;
  const [problem] = outcome.problems;
  throw new Refusal(problem!.code, { ...problem!.values, problems: outcome.problems }, 422);
}

/** Whoever gives something back of the bill waits here for whoever else does. */
export async function holdBill(tx: ScopedTx, billId: string): Promise<void> {
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('credit/' || $1, 0))`, [billId]);
}

export async function issue(
  tx: ScopedTx,
  app: App,
  actor: Actor,
  request: Request,
): Promise<{ readonly number: string; readonly note: CreditNote }> {
  if (request.askedBy === actor.personId) throw new Refusal('credit-same-person', {}, 403);
  await holdBill(tx, request.billId);
  const toCredit = await billToCredit(tx, app, actor.tenantId, request.billId);
  const note = await workedOut(tx, toCredit, request.lines);
  const { around, stored, taxRules } = toCredit;
  const [tenant] = await tx.sql<{ zone: string }>('select zone from tenant where id = $1', [actor.tenantId]);
  const today = app.clock.today(tenant!.zone);
  const number = await nextNumber(tx, actor.tenantId, around.issuer.id, today);
  const body = canonicalJson(note);
  await decide(tx, actor, request.id, 'issued');
  await tx.sql(
    `insert into credit_note (tenant_id, shard, id, bill_id, legal_entity_id, number, reason, bill_to_name, bill_to_address,
                              currency, total_minor, small, body, digest, issued_on, issued_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      actor.tenantId,
      stored.shard,
      request.id,
      request.billId,
      around.issuer.id,
      number,
      request.reason,
      around.recipient.name,
      around.recipient.address,
      note.currency,
      String(textToMinor(note.total, note.currency)),
      mayBeLeftOut(note.total, taxRules, today),
      body,
      digestOf(body),
      today,
      actor.personId,
    ],
  );
  return { number, note };
}

export async function decide(
  tx: ScopedTx,
  actor: Actor,
  creditId: string,
  state: 'issued' | 'declined',
): Promise<void> {
  await tx.sql('update credit_request set state = $2, decided_by = $3, decided_at = $4 where id = $1', [
    creditId,
    state,
    actor.personId,
    tx.clock.now().toISOString(),
  ]);
}

/** 'R202611-000001' is the first of the legal entity's credit notes of the month; there is no gap. */
async function nextNumber(tx: ScopedTx, tenantId: number, legalEntity: string, today: string): Promise<string> {
  const series = `R${today.slice(0, 7).replace('-', '')}`;
  const [taken] = await tx.sql<{ last: string }>(
    `insert into number_series (tenant_id, legal_entity_id, series, last) values ($1, $2, $3, 1)
     on conflict (tenant_id, legal_entity_id, series) do update set last = number_series.last + 1 returning last`,
    [tenantId, legalEntity, series],
  );
  return `${series}-${String(taken!.last).padStart(6, '0')}`;
}
