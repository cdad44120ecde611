/**
 * What do screens and the command line ask about cycles?
 * Reads within a tenant's scope. Also called: cycle queries, サイクル照会.
 */
import { monthOfDate, nextMonth } from '#engine/calendar/billing-cycle.ts';
import { minorToText } from '#engine/money/money.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { rulesetNameOf } from '#runtime/catalogue/ruleset-name.ts';
import type { Clock } from '#runtime/clock/clock.ts';
import type { Counting } from '#runtime/cycles/compute-group.ts';
import type { CycleState } from '#runtime/cycles/moves.ts';
import type { ChunkTotals } from '#runtime/cycles/progress.ts';
import type { RunFailure } from '#runtime/cycles/run-failure.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { orderBy, type NamesColumn, type OrderAsked } from '#runtime/services/list-order.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Localized } from '#schemas/generated/types.ts';

export type Someone = { readonly id: string; readonly name: string };

export type CycleFacts = {
  readonly id: string;
  readonly legalEntity: string;
  readonly legalEntityName: Localized;
  readonly billingCycle: string;
  readonly billingCycleName: Localized;
  readonly month: string;
  readonly periodStart: string;
  /** The first day after the period. */
  readonly periodEnd: string;
  readonly state: CycleState;
  readonly knownAt: string;
  readonly release: number;
  readonly build: string;
  readonly openedBy: Someone;
  readonly openedAt: string;
  readonly closedBy: Someone | null;
  readonly closedAt: string | null;
  readonly currency: string;
  /** Of the trial; null before the first. */
  readonly bills: number | null;
  readonly quarantined: number | null;
  readonly total: string | null;
  readonly digest: string | null;
};

export type CycleRun = {
  readonly number: number;
  readonly runBy: Someone;
  readonly build: string;
  /** Up to which knowledge number it read; runs of one number come to the same digest. */
  readonly knownAt: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** What it came to; null until it has finished. */
  readonly bills: number | null;
  readonly quarantined: number | null;
  readonly total: string | null;
  readonly digest: string | null;
  /** How its usage was counted; null until it has finished, and where that was not noted yet. */
  readonly counting: Counting | null;
  /** Why it stopped before its end; null while it goes on or was stopped on purpose. */
  readonly failure: RunFailure | null;
};

/** Words for `code` are under `diagnostic.<code>`, for 'unexpected' under `quarantine.unexpected`. */
export type QuarantinedGroup = {
  readonly groupId: string;
  readonly customer: string | null;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
};

export type OpenableCycle = {
  readonly legalEntity: string;
  readonly legalEntityName: Localized;
  readonly billingCycle: string;
  readonly billingCycleName: Localized;
  readonly month: string;
};

const billingCycleName = rulesetNameOf('billingCycle', 'c.billing_cycle');

const facts = `
  c.id, c.legal_entity_id as "legalEntity", e.name as "legalEntityName", c.billing_cycle as "billingCycle",
  ${billingCycleName} as "billingCycleName", c.month,
  c.period_start as "periodStart", c.period_end as "periodEnd", c.state, c.known_at as "knownAt", c.release_number as release, c.build,
  jsonb_build_object('id', c.opened_by, 'name', coalesce(o.name, '')) as "openedBy", c.opened_at as "openedAt",
  case when c.closed_by is null then null else jsonb_build_object('id', c.closed_by, 'name', coalesce(p.name, '')) end as "closedBy",
  c.closed_at as "closedAt", e.currency, c.bills, c.quarantined, c.total_minor as total, c.digest
  from cycle c
  join legal_entity e on e.tenant_id = c.tenant_id and e.id = c.legal_entity_id
  left join person o on o.id = c.opened_by
  left join person p on p.id = c.closed_by`;

export async function cycleFacts(tx: SqlRunner, cycleId: string): Promise<CycleFacts> {
  const [found] = await tx.sql<CycleFacts>(`select ${facts} where c.id::text = $1`, [cycleId]);
  if (found === undefined) throw new Refusal('cycle-unknown', {}, 404);
  return withTotal(found, found.currency);
}

export type CycleOrder = 'month' | 'billingCycle' | 'legalEntity' | 'state' | 'bills' | 'quarantined';

export type CyclesAsked = PageRequest &
  OrderAsked<CycleOrder> & {
    /** Part of the month (2026-11, 2026年11月, November 2026), of the billing cycle, of the legal entity, or of who opened it. */
    readonly search?: string;
  };

const orders: Readonly<Record<CycleOrder, string | NamesColumn>> = {
  month: 'c.month',
  billingCycle: { names: billingCycleName },
  legalEntity: { names: 'e.name' },
  state: `array_position(array['planned', 'collecting', 'rating', 'trial', 'reviewed', 'closed', 'issued'], c.state)`,
  bills: 'c.bills',
  quarantined: 'c.quarantined',
};

const searched = `concat_ws(' ', c.month, to_char(to_date(c.month, 'YYYY-MM'), 'YYYY"年"FMMM"月" FMMonth YYYY'), c.billing_cycle,
  ${billingCycleName} ->> 'ja', ${billingCycleName} ->> 'en', e.name ->> 'ja', e.name ->> 'en', o.name)`;

/** The latest month first, unless another order is asked for. */
export async function cycles(tx: SqlRunner, asked: CyclesAsked): Promise<Page<CycleFacts>> {
  const order = orderBy(
    orders,
    asked,
    { sort: 'month', descending: true },
    'c.month desc, c.legal_entity_id, c.billing_cycle',
  );
  const found = await readPage<CycleFacts>(
    tx,
    asked,
    `select ${facts} where $1::text is null or strpos(lower(${searched}), lower($1)) > 0 order by ${order}`,
    [asked.search?.trim() || null],
  );
  return { ...found, rows: found.rows.map((row) => withTotal(row, row.currency)) };
}

function withTotal<Row extends { readonly total: string | null }>(row: Row, currency: string): Row {
  return { ...row, total: row.total === null ? null : minorToText(BigInt(row.total), currency) };
}

export async function runsOf(tx: SqlRunner, { id, currency }: CycleFacts): Promise<CycleRun[]> {
  const runs = await tx.sql<CycleRun>(
    `select r.number, jsonb_build_object('id', r.run_by, 'name', coalesce(p.name, '')) as "runBy", r.build, r.known_at as "knownAt",
            r.started_at as "startedAt", r.finished_at as "finishedAt", r.bills, r.quarantined, r.total_minor as total, r.digest, r.failure,
            case when r.counted_ahead is not null then
              jsonb_build_object('ahead', r.counted_ahead, 'whole', r.counted_whole, 'inNumbers', r.counts_in_numbers,
                'inFractions', r.counts_in_fractions) end as counting
     from cycle_run r left join person p on p.id = r.run_by
     where r.cycle_id = $1 order by r.number desc`,
    [id],
  );
  return runs.map((run) => withTotal(run, currency));
}

export async function chunkTotals(tx: SqlRunner, cycleId: string): Promise<ChunkTotals> {
  const [totals] = await tx.sql<ChunkTotals>(
    `with run as (
       select started_at, coalesce(finished_at, clock_timestamp()) as until from cycle_run where cycle_id = $1 order by number desc limit 1
     )
     select count(*)::int as chunks,
            count(*) filter (where k.state = 'done')::int as "chunksDone",
            coalesce(sum(k.groups), 0)::int as groups,
            coalesce(sum(k.groups) filter (where k.state = 'done'), 0)::int as "groupsDone",
            coalesce(sum(k.bills) filter (where k.state = 'done'), 0)::int as bills,
            coalesce(sum(k.usage_records) filter (where k.state = 'done'), 0)::bigint::float8 as "usageRecords",
            coalesce(sum(k.quarantined) filter (where k.state = 'done'), 0)::int as quarantined,
            jsonb_build_object('ahead', coalesce(sum(k.counted_ahead) filter (where k.state = 'done'), 0),
              'whole', coalesce(sum(k.counted_whole) filter (where k.state = 'done'), 0),
              'inNumbers', coalesce(sum(k.counts_in_numbers) filter (where k.state = 'done'), 0),
              'inFractions', coalesce(sum(k.counts_in_fractions) filter (where k.state = 'done'), 0)) as counting,
            count(*) filter (where k.state = 'claimed' and k.lease_until > clock_timestamp())::int as "beingComputed",
            coalesce(sum(k.bills) filter (where k.state = 'done' and k.finished_at >= run.started_at), 0)::int as "billsOfRun",
            coalesce(sum(k.groups) filter (where k.state = 'done' and k.finished_at >= run.started_at), 0)::int as "groupsOfRun",
            coalesce(extract(epoch from max(run.until) - max(run.started_at)), 0)::float8 as "secondsOfRun",
            coalesce(extract(epoch from clock_timestamp() - greatest(max(k.finished_at), max(run.started_at))), 0)::float8 as "idleSeconds"
     from chunk k left join run on true
     where k.cycle_id = $1`,
    [cycleId],
  );
  return totals!;
}

const QUARANTINE_SHOWN = 100;

export function quarantinedGroups(tx: SqlRunner, cycleId: string): Promise<QuarantinedGroup[]> {
  return tx.sql<QuarantinedGroup>(
    `select q.group_id as "groupId", q.code, q.details,
            (select min(c.name) from customer c where c.shard = q.shard and c.tenant_id = q.tenant_id and c.group_id = q.group_id) as customer
     from quarantine q where q.cycle_id = $1 order by q.group_id limit $2`,
    [cycleId, QUARANTINE_SHOWN],
  );
}

/** The month after the last closed one, or the current month where there was none; nothing while a cycle is open. */
export async function openableCycles(tx: SqlRunner, release: Release, clock: Clock): Promise<OpenableCycle[]> {
  const entities = await tx.sql<{ id: string; name: Localized; currency: string; zone: string }>(
    'select e.id, e.name, e.currency, t.zone from legal_entity e join tenant t on t.id = e.tenant_id order by e.id',
  );
  const latest = await tx.sql<{ entity: string; cycle: string; month: string; state: CycleState }>(
    `select distinct on (legal_entity_id, billing_cycle) legal_entity_id as entity, billing_cycle as cycle, month, state
     from cycle order by legal_entity_id, billing_cycle, month desc`,
  );
  return entities.flatMap(({ id, name, currency, zone }) => {
    const today = clock.today(zone);
    return release.allInForce('billingCycle', today).flatMap((ruleset) => {
      if (ruleset.body.currency !== currency) return [];
      const last = latest.find(({ entity, cycle }) => entity === id && cycle === ruleset.id);
      if (last !== undefined && last.state !== 'closed' && last.state !== 'issued') return [];
      const month = last === undefined ? monthOfDate(today, ruleset.body.closingDay) : nextMonth(last.month);
      return [
        { legalEntity: id, legalEntityName: name, billingCycle: ruleset.id, billingCycleName: ruleset.name, month },
      ];
    });
  });
}
