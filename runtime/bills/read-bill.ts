/**
 * What is there to say about one bill: its body, whose it is, who issues it, and by what it was computed?
 * Also called: bill detail, 請求明細, 請求書照会.
 */
import type { Release } from '#engine/rulesets/release.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Bill, Localized } from '#schemas/generated/types.ts';

export type StoredBill = {
  readonly id: string;
  readonly shard: number;
  readonly tenantId: number;
  readonly groupId: string;
  readonly payerHash: number;
  readonly account: string;
  readonly cycleId: string;
  readonly body: string;
  readonly digest: string;
};

export type BillAround = {
  readonly cycle: {
    readonly id: string;
    readonly month: string;
    readonly state: CycleState;
    readonly release: number;
    readonly build: string;
  };
  readonly customer: { readonly id: string; readonly name: string; readonly kana: string; readonly corporate: boolean };
  /** As known to the cycle; from the document once there is one. */
  readonly recipient: { readonly name: string; readonly address: string; readonly corporate: boolean };
  readonly issuer: {
    readonly id: string;
    readonly name: Localized;
    readonly address: Localized;
    readonly registrationNumber: string | null;
    readonly currency: string;
  };
  /** Null until the cycle is closed. */
  readonly document: { readonly number: string; readonly issuedOn: string } | null;
};

/** What a product is called on paper. */
export type BilledProduct = { readonly id: string; readonly name: Localized; readonly identifier: string | null };

export async function storedBill(tx: SqlRunner, billId: string): Promise<StoredBill> {
  const [found] = await tx.sql<StoredBill>(
    `select b.id, b.shard, b.tenant_id as "tenantId", b.group_id as "groupId", g.payer_hash as "payerHash", b.account_id as account,
            b.cycle_id as "cycleId", b.body, b.digest
     from bill b join billing_group g on g.shard = b.shard and g.tenant_id = b.tenant_id and g.id = b.group_id
     where b.id = $1`,
    [billId],
  );
  if (found === undefined) throw new Refusal('bill-unknown', {}, 404);
  return found;
}

type AroundRow = {
  readonly cycle: BillAround['cycle'];
  readonly customer: Omit<BillAround['customer'], 'corporate'>;
  readonly type: 'individual' | 'corporate';
  readonly issuer: BillAround['issuer'];
  readonly name: string;
  readonly address: string;
  readonly number: string | null;
  readonly issued_on: string | null;
};

export async function aroundBill(tx: SqlRunner, { shard, id }: StoredBill): Promise<BillAround> {
  const [row] = await tx.sql<AroundRow>(
    `select jsonb_build_object('id', y.id, 'month', y.month, 'state', y.state, 'release', y.release_number, 'build', y.build) as cycle,
            jsonb_build_object('id', c.id, 'name', c.name, 'kana', c.kana) as customer, c.type,
            jsonb_build_object('id', e.id, 'name', e.name, 'address', e.address, 'registrationNumber', e.registration_number,
                               'currency', e.currency) as issuer,
            coalesce(d.bill_to_name, setting.bill_to_name) as name, coalesce(d.bill_to_address, setting.bill_to_address) as address,
            d.number, d.issued_on
     from bill b
     join cycle y on y.tenant_id = b.tenant_id and y.id = b.cycle_id
     join legal_entity e on e.tenant_id = y.tenant_id and e.id = y.legal_entity_id
     join billing_account a on a.shard = b.shard and a.tenant_id = b.tenant_id and a.id = b.account_id
     join customer c on c.shard = b.shard and c.tenant_id = b.tenant_id and c.id = a.customer_id
     join lateral (
       select bill_to_name, bill_to_address from billing_account_history h
       where h.shard = b.shard and h.tenant_id = b.tenant_id and h.account_id = b.account_id and h.valid_from < y.period_end
         and h.known_from <= y.known_at and (h.known_to is null or h.known_to > y.known_at)
       order by h.valid_from desc limit 1
     ) setting on true
     left join bill_document d on d.shard = b.shard and d.tenant_id = b.tenant_id and d.bill_id = b.id
     where b.shard = $1 and b.id = $2`,
    [shard, id],
  );
  const { type, name, address, number, issued_on, cycle, customer, issuer } = row!;
  const corporate = type === 'corporate';
  return {
    cycle,
    issuer,
    customer: { ...customer, corporate },
    recipient: { name, address, corporate },
    document: number === null || issued_on === null ? null : { number, issuedOn: issued_on },
  };
}

/** The products on the bill, named as on the last day of its period on which they had service. */
export async function billedProducts(
  tx: SqlRunner,
  stored: StoredBill,
  bill: Bill,
  release: Release,
): Promise<BilledProduct[]> {
  const ids = [...new Set(bill.lines.flatMap(({ product }) => product ?? []))];
  const lastDay = addDays(bill.period.end, -1);
  const rows = await tx.sql<{ id: string; offering: string; from: string; identifier: string | null }>(
    `select distinct on (h.product_id) h.product_id as id, h.offering, h.valid_from as from,
            (select identifier from product_identifier i
             where i.shard = $1 and i.product_id = h.product_id and i.valid_from <= $3 order by i.valid_from desc limit 1) as identifier
     from product_history h join cycle y on y.tenant_id = h.tenant_id and y.id = $4
     where h.shard = $1 and h.product_id = any($2) and h.valid_from <= $3
       and h.known_from <= y.known_at and (h.known_to is null or h.known_to > y.known_at)
     order by h.product_id, h.valid_from desc`,
    [stored.shard, ids, lastDay, stored.cycleId],
  );
  return rows.map(({ id, offering, from, identifier }) => {
    const ruleset = release.inForce('offering', offering, lastDay) ?? release.inForce('offering', offering, from);
    return { id, identifier, name: ruleset?.name ?? { ja: offering, en: offering } };
  });
}
