/**
 * Which releases are there, who published them, and what was new in each?
 * Also called: release history, リリース履歴.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';

export type ReleaseListed = {
  readonly number: number;
  readonly hash: string;
  readonly keyId: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly versions: number;
  /** Versions that no earlier release held: 'ratePlan/m-plan/v3'. */
  readonly added: readonly string[];
  /** The first few of them by name. */
  readonly named: readonly NamedVersion[];
};

export type NamedVersion = {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
};

const MOST_NAMED = 3;

/** The latest release first. */
export async function listReleases(app: App, actor: Actor, input: PageRequest = {}): Promise<Page<ReleaseListed>> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, (tx) =>
    readPage<ReleaseListed>(
      tx,
      input,
      `select r.*, coalesce((select jsonb_agg(jsonb_build_object('kind', v.kind, 'id', v.id, 'version', v.version, 'name', v.document::jsonb -> 'name') order by a.place)
                             from unnest(r.added) with ordinality a(key, place)
                             join ruleset_version v on v.kind || '/' || v.id || '/v' || v.version = a.key
                             where a.place <= ${MOST_NAMED}), '[]') as named
       from (
       select r.number, r.hash, r.key_id as "keyId", r.published_at as "publishedAt", coalesce(p.name, '') as "publishedBy",
              (select count(*)::int from release_item i where i.tenant_id = r.tenant_id and i.release_number = r.number) as versions,
              array(select i.kind || '/' || i.id || '/v' || i.version from release_item i
                    where i.tenant_id = r.tenant_id and i.release_number = r.number
                      and not exists (select from release_item e
                                      where e.tenant_id = i.tenant_id and e.kind = i.kind and e.id = i.id and e.version = i.version
                                        and e.release_number < i.release_number)
                    order by i.kind, i.id, i.version) as added
       from release r left join person p on p.id = r.published_by
       ) r
       order by r.number desc`,
    ),
  );
}
