/**
 * What are the things called that an entry of the audit log is about? Rulesets, drafts, cycles and customers by their names of today.
 * Also called: display name, 名称の表示.
 */
import { rulesetNameOf } from '#runtime/catalogue/ruleset-name.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Localized } from '#schemas/generated/types.ts';

export type AuditNames = {
  /** The ruleset that was changed, by its latest published name; null while nothing of it is published. */
  readonly ruleset?: { readonly kind: string; readonly id: string; readonly name: Localized | null };
  /** The version that the draft becomes or became. */
  readonly version?: number;
  readonly cycle?: { readonly month: string; readonly name: Localized | null };
  readonly customer?: { readonly id: string; readonly name: string };
};

type Entry = { readonly object: string; readonly details: Readonly<Record<string, unknown>> };

/** The names for each of the entries, in their order. */
export async function namesIn(tx: SqlRunner, entries: readonly Entry[]): Promise<AuditNames[]> {
  const [rulesets, versions, cycles, customers] = [
    await rulesetNames(tx, entries.flatMap(rulesetOf)),
    await draftVersions(tx, idsOf(entries, 'draft')),
    await cycleNames(tx, idsOf(entries, 'cycle')),
    await customerNames(tx, idsOf(entries, 'customer')),
  ];
  return entries.map((entry) => {
    const [kind = '', id = ''] = entry.object.split('/');
    const [key] = rulesetOf(entry);
    const [rulesetKind = '', rulesetId = ''] = key?.split('/') ?? [];
    const version = kind === 'draft' ? versions.get(id) : undefined;
    const cycle = kind === 'cycle' ? cycles.get(id) : undefined;
    const customer = kind === 'customer' ? customers.get(id) : undefined;
    return {
      ...(key === undefined ? {} : { ruleset: { kind: rulesetKind, id: rulesetId, name: rulesets.get(key) ?? null } }),
      ...(version === undefined ? {} : { version }),
      ...(cycle === undefined ? {} : { cycle }),
      ...(customer === undefined ? {} : { customer: { id, name: customer } }),
    };
  });
}

/** 'ratePlan/smartphone-l', as drafts put it on record. */
function rulesetOf({ details: { ruleset } }: Entry): string[] {
  return typeof ruleset === 'string' && ruleset.includes('/') ? [ruleset] : [];
}

const idsOf = (entries: readonly Entry[], kind: string): string[] => [
  ...new Set(entries.flatMap(({ object }) => (object.startsWith(`${kind}/`) ? [object.slice(kind.length + 1)] : []))),
];

async function rulesetNames(tx: SqlRunner, keys: readonly string[]): Promise<ReadonlyMap<string, Localized>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.sql<{ key: string; name: Localized }>(
    `select distinct on (v.kind, v.id) v.kind || '/' || v.id as key, v.document::jsonb -> 'name' as name
     from ruleset_version v where v.kind || '/' || v.id = any($1) order by v.kind, v.id, v.version desc`,
    [keys],
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

async function draftVersions(tx: SqlRunner, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; version: number }>(
    `select d.id::text as id, coalesce(d.published_version, coalesce(d.base_version, 0) + 1)::int as version
     from ruleset_draft d where d.id::text = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

async function cycleNames(
  tx: SqlRunner,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<AuditNames['cycle']>>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; month: string; name: Localized | null }>(
    `select c.id::text as id, c.month,
            ${rulesetNameOf('billingCycle', 'c.billing_cycle')} as name
     from cycle c where c.id::text = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, month, name }) => [id, { month, name }]));
}

async function customerNames(tx: SqlRunner, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; name: string }>('select id, name from customer where id = any($1)', [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
