/**
 * What was published of late, and what is still to come in force?
 * Also called: release news, 最近の公開, 適用予定.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';

export type PublishedVersion = {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
};

export type Publication = {
  readonly release: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** The first of what was new. */
  readonly versions: readonly PublishedVersion[];
  readonly versionsCount: number;
};

export type ComingVersion = PublishedVersion & { readonly from: CivilDate };

const PUBLICATIONS = 5;
const VERSIONS_SHOWN = 6;
const COMING = 6;

type Row = Omit<Publication, 'versions'> & { readonly added: readonly Omit<PublishedVersion, 'name'>[] };

/** The latest releases, each with what no earlier release held. */
export async function recentPublications(tx: SqlRunner, release: Release): Promise<Publication[]> {
  const rows = await tx.sql<Row>(
    `with recent as (
       select number, tenant_id, published_at, published_by from release order by number desc limit $1
     ), added as (
       select i.kind, i.id, i.version, min(i.release_number) as number from release_item i
       group by i.kind, i.id, i.version
     )
     select r.number as release, r.published_at as "publishedAt", coalesce(p.name, '') as "publishedBy",
            count(a.id)::int as "versionsCount",
            coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'id', a.id, 'version', a.version) order by a.kind, a.id, a.version)
                     filter (where a.id is not null), '[]') as added
     from recent r
     left join added a on a.number = r.number
     left join person p on p.tenant_id = r.tenant_id and p.id = r.published_by
     group by r.number, r.published_at, p.name
     order by r.number desc`,
    [PUBLICATIONS],
  );
  return rows.map(({ added, ...row }) => ({
    ...row,
    versions: added.slice(0, VERSIONS_SHOWN).map((version) => ({ ...version, name: nameOf(release, version) })),
  }));
}

function nameOf(release: Release, { kind, id, version }: Omit<PublishedVersion, 'name'>): Localized {
  return release.version(kind, id, version)?.name ?? { ja: id, en: id };
}

/** The versions that come in force after `today`, the next first. */
export function comingVersions(release: Release, today: CivilDate): ComingVersion[] {
  return release.rulesets
    .filter(({ effective }) => effective.from > today)
    .toSorted((a, b) => (a.effective.from < b.effective.from ? -1 : a.effective.from > b.effective.from ? 1 : 0))
    .slice(0, COMING)
    .map(({ kind, id, version, name, effective }) => ({ kind, id, version, name, from: effective.from }));
}
