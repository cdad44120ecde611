/**
 * What did a cycle come to, in all and by charge?
 * Put down when it is closed; of a trial, and of a cycle that was closed without, added up from its lines. Also called: revenue by charge, 科目別集計, 締め集計.
 */
import { SHARDS } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type ChargeSum = {
  readonly cycleId: string;
  readonly phase: string;
  /** 'ratePlan/smartphone-m', the version, and the charge or discount within it. */
  readonly ruleset: string;
  readonly version: number;
  readonly charge: string;
  readonly lines: number;
  /** In minor units; negative for discounts. */
  readonly minor: string;
};

export type CycleSum = {
  readonly cycleId: string;
  readonly currency: string;
  readonly bills: number;
  readonly customers: number;
  readonly netMinor: string;
  readonly taxMinor: string;
  readonly totalMinor: string;
};

/** Bills are found by shard: an index leads with it. */
export const everyShard = Array.from({ length: SHARDS }, (_, shard) => shard);

const billsOfCycles = `
  select b.shard, b.tenant_id, b.id, b.cycle_id, b.account_id, b.currency, b.net_minor, b.tax_minor, b.total_minor
  from bill b where b.shard = any($1::smallint[]) and b.tenant_id = $2 and b.cycle_id = any($3::uuid[])`;

const charges = `
  select l.cycle_id, l.phase, l.ruleset, l.version, l.charge, count(*)::int as lines, sum(l.amount_minor) as amount_minor
  from (${billsOfCycles}) b join bill_line l on l.shard = b.shard and l.tenant_id = b.tenant_id and l.bill_id = b.id
  group by l.cycle_id, l.phase, l.ruleset, l.version, l.charge`;

/** A cycle without a bill has a row of zeros. */
const totals = `
  select c.id as cycle_id, e.currency, count(b.id)::int as bills, count(distinct a.customer_id)::int as customers,
         coalesce(sum(b.net_minor), 0) as net_minor, coalesce(sum(b.tax_minor), 0) as tax_minor, coalesce(sum(b.total_minor), 0) as total_minor
  from cycle c
  join legal_entity e on e.tenant_id = c.tenant_id and e.id = c.legal_entity_id
  left join (${billsOfCycles}) b on b.cycle_id = c.id
  left join billing_account a on a.shard = b.shard and a.tenant_id = b.tenant_id and a.id = b.account_id
  where c.tenant_id = $2 and c.id = any($3::uuid[])
  group by c.id, e.currency`;

/** Puts down what the cycle comes to; it is about to be closed by the same transaction. */
export async function putDownFigures(tx: SqlRunner, tenantId: number, cycleId: string): Promise<void> {
  const parameters = [everyShard, tenantId, [cycleId]];
  await tx.sql(
    `insert into cycle_total (tenant_id, cycle_id, currency, bills, customers, net_minor, tax_minor, total_minor)
     select $2, t.* from (${totals}) t`,
    parameters,
  );
  await tx.sql(
    `insert into cycle_charge (tenant_id, cycle_id, phase, ruleset, version, charge, lines, amount_minor)
     select $2, s.* from (${charges}) s`,
    parameters,
  );
}

export type Sums = { readonly totals: readonly CycleSum[]; readonly charges: readonly ChargeSum[] };

/** What each of the cycles came to. */
export async function sumsOfCycles(tx: SqlRunner, tenantId: number, cycleIds: readonly string[]): Promise<Sums> {
  const totals = await tx.sql<CycleSum>(
    `select ${totalColumns} from cycle_total t where t.cycle_id = any($1::uuid[])`,
    [cycleIds],
  );
  const charges = await tx.sql<ChargeSum>(
    `select ${chargeColumns} from cycle_charge s where s.cycle_id = any($1::uuid[])`,
    [cycleIds],
  );
  const putDown = new Set(totals.map(({ cycleId }) => cycleId));
  const open = cycleIds.filter((id) => !putDown.has(id));
  if (open.length === 0) return { totals, charges };
  const added = await addedUp(tx, tenantId, open);
  return { totals: [...totals, ...added.totals], charges: [...charges, ...added.charges] };
}

/** The same from bills and lines. */
export async function addedUp(tx: SqlRunner, tenantId: number, cycleIds: readonly string[]): Promise<Sums> {
  const parameters = [everyShard, tenantId, cycleIds];
  return {
    totals: await tx.sql<CycleSum>(`select ${totalColumns} from (${totals}) t`, parameters),
    charges: await tx.sql<ChargeSum>(`select ${chargeColumns} from (${charges}) s`, parameters),
  };
}

const totalColumns = `t.cycle_id as "cycleId", t.currency, t.bills, t.customers, t.net_minor::text as "netMinor", t.tax_minor::text as "taxMinor",
  t.total_minor::text as "totalMinor"`;
const chargeColumns = `s.cycle_id as "cycleId", s.phase, s.ruleset, s.version, s.charge, s.lines, s.amount_minor::text as minor`;
