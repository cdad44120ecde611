/**
 * Which rulesets are published, and which of their versions is in force?
 * Also called: ruleset list, catalogue, ルールセット一覧, 料金カタログ.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';

export type RulesetListed = {
  readonly kind: RulesetKind;
  readonly id: string;
  /** The latest version that is published. */
  readonly version: number;
  readonly versions: number;
  readonly name: Localized;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** The number of the release that brought the latest version. */
  readonly release: number;
};

/** The columns that the list can be sorted by. */
const orders = {
  kind: ['kind', 'id'],
  id: ['id', 'kind'],
  effectiveFrom: ['effective_from', 'kind', 'id'],
  publishedAt: ['published_at', 'kind', 'id'],
} as const;

export type ListRulesets = PageRequest & {
  readonly kind?: RulesetKind;
  /** Part of the id or of either name. */
  readonly search?: string;
  readonly sort?: keyof typeof orders;
  readonly descending?: boolean;
};

/** One row a ruleset, described by its latest version. */
export async function listRulesets(app: App, actor: Actor, input: ListRulesets = {}): Promise<Page<RulesetListed>> {
  authorize(actor, 'ruleset.read');
  const order = orders[input.sort ?? 'kind'].map(
    (column) => `l.${column} ${input.descending === true ? 'desc' : 'asc'}`,
  );
  return withScope(app, actor, (tx) =>
    readPage<RulesetListed>(
      tx,
      input,
      `with latest as (
         select distinct on (kind, id) kind, id, version, document::jsonb -> 'name' as name, effective_from, effective_to,
                published_at, published_by, count(*) over (partition by kind, id)::int as versions
         from ruleset_version
         where $1::text is null or kind = $1
         order by kind, id, version desc
       )
       select l.kind, l.id, l.version, l.versions, l.name, l.effective_from as "effectiveFrom", l.effective_to as "effectiveTo",
              l.published_at as "publishedAt", coalesce(p.name, '') as "publishedBy",
              (select min(i.release_number)::int from release_item i where i.kind = l.kind and i.id = l.id and i.version = l.version) as release
       from latest l left join person p on p.id = l.published_by
       where $2::text is null or strpos(lower(concat_ws(' ', l.id, l.name ->> 'ja', l.name ->> 'en')), lower($2)) > 0
       order by ${order.join(', ')}`,
      [input.kind ?? null, input.search?.trim() || null],
    ),
  );
}
