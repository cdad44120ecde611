/**
 * What was asked to be given back of a bill, and what has been? Also called: credit history, 返還の履歴.
 */
import type { CreditAsked } from '#engine/credits/credit-note.ts';
import type { StoredBill } from '#runtime/bills/read-bill.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { CreditNote } from '#schemas/generated/types.ts';

type OfBill = Pick<StoredBill, 'shard' | 'tenantId' | 'id'>;

export type IssuedCredit = {
  readonly id: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly reason: string;
  readonly small: boolean;
  readonly askedBy: string;
  readonly issuedBy: string;
  readonly name: string;
  readonly address: string;
  readonly note: CreditNote;
  readonly digest: string;
};

export type OpenCredit = {
  readonly id: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedById: string;
  readonly lines: readonly CreditAsked[];
};

/** The credit notes of a bill, the earliest first. */
export async function issuedCredits(tx: SqlRunner, { shard, tenantId, id }: OfBill): Promise<IssuedCredit[]> {
  const rows = await tx.sql<Omit<IssuedCredit, 'note'> & { body: string }>(
    `select n.id, n.number, n.issued_on as "issuedOn", n.reason, n.small, n.body, n.digest, n.bill_to_name as name,
            n.bill_to_address as address, coalesce(asker.name, '') as "askedBy", coalesce(issuer.name, '') as "issuedBy"
     from credit_note n
     join credit_request r on r.shard = n.shard and r.tenant_id = n.tenant_id and r.id = n.id
     left join person asker on asker.id = r.asked_by
     left join person issuer on issuer.id = n.issued_by
     where n.shard = $1 and n.tenant_id = $2 and n.bill_id = $3 order by r.decided_at, n.number`,
    [shard, tenantId, id],
  );
  return rows.map(({ body, ...row }) => ({ ...row, note: JSON.parse(body) as CreditNote }));
}

/** What waits for a second person, the earliest first. */
export function openCredits(tx: SqlRunner, { shard, tenantId, id }: OfBill): Promise<OpenCredit[]> {
  return tx.sql<OpenCredit>(
    `select r.id, r.reason, r.lines, r.asked_by as "askedById", coalesce(p.name, '') as "askedBy"
     from credit_request r left join person p on p.id = r.asked_by
     where r.shard = $1 and r.tenant_id = $2 and r.bill_id = $3 and r.state = 'open' order by r.asked_at, r.id`,
    [shard, tenantId, id],
  );
}
