/**
 * What does a version of a ruleset say, which versions are there, and who published them?
 * Also called: ruleset page, version history, ルールセットの詳細, 版の履歴.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { RulesetVersion } from '#runtime/db/entities/catalogue.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export type VersionListed = {
  readonly version: number;
  readonly hash: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** The first release that holds it. */
  readonly release: number;
};

export type RulesetShown = {
  readonly document: Ruleset;
  readonly shown: VersionListed;
  readonly versions: readonly VersionListed[];
};

/** The version asked for, by default the latest, and all versions, the latest first. Refused with `ruleset-unknown`. */
export async function showRuleset(
  app: App,
  actor: Actor,
  input: { readonly kind: RulesetKind; readonly id: string; readonly version?: number },
): Promise<RulesetShown> {
  authorize(actor, 'ruleset.read');
  return withScope(app, actor, async (tx) => {
    const versions = await tx.sql<VersionListed>(
      `select v.version, v.hash, v.effective_from as "effectiveFrom", v.effective_to as "effectiveTo",
              v.published_at as "publishedAt", coalesce(p.name, '') as "publishedBy",
              (select min(i.release_number) from release_item i
               where i.tenant_id = v.tenant_id and i.kind = v.kind and i.id = v.id and i.version = v.version) as release
       from ruleset_version v left join person p on p.id = v.published_by
       where v.kind = $1 and v.id = $2
       order by v.version desc`,
      [input.kind, input.id],
    );
    const shown = versions.find(({ version }) => input.version === undefined || version === input.version);
    if (shown === undefined) throw new Refusal('ruleset-unknown', { kind: input.kind, id: input.id }, 404);
    const { document } = await tx.em.findOneOrFail(RulesetVersion, {
      kind: input.kind,
      id: input.id,
      version: shown.version,
    });
    return { document: JSON.parse(document) as Ruleset, shown, versions };
  });
}
