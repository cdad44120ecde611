/**
 * Which changes are on their way, and whom do they wait for?
 * Also called: draft list, review inbox, 下書き一覧, 承認待ち.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { onTheirWay, type DraftState } from '#runtime/changes/moves.ts';
import { withScope } from '#runtime/db/scope.ts';
import { orderBy, type NamesColumn, type OrderAsked } from '#runtime/services/list-order.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';

export type DraftListed = {
  readonly draftId: string;
  readonly kind: RulesetKind;
  readonly id: string;
  /** As its latest published version is called; null where there is none yet. */
  readonly name: Localized | null;
  readonly state: DraftState;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly currentVersion: number | null;
  readonly startedBy: string;
  readonly savedBy: string;
  readonly savedAt: string;
  readonly submittedAt: string | null;
  readonly approvedBy: string | null;
  readonly publishOn: CivilDate | null;
  readonly publishedVersion: number | null;
  /** Whether a publication that was due did not come about. */
  readonly hasFailed: boolean;
  /** Whether the person who asks had a hand in it. */
  readonly isOwn: boolean;
};

export type DraftOrder = 'ruleset' | 'state' | 'startedBy' | 'saved' | 'approvedBy';

export type ListDrafts = PageRequest &
  OrderAsked<DraftOrder> & {
    /** Part of the ruleset's id, of either published name, or of the name of who began, saved or approved the change. */
    readonly search?: string;
    readonly kind?: RulesetKind;
    readonly id?: string;
    /** Only those in one of these states; by default those that are not over. */
    readonly states?: readonly DraftState[];
    readonly own?: boolean;
  };

const orders: Readonly<Record<DraftOrder, string | NamesColumn>> = {
  ruleset: { names: `coalesce(named.name, jsonb_build_object('ja', d.ruleset_id, 'en', d.ruleset_id))` },
  state: `array_position(array['draft', 'sentBack', 'inReview', 'approved', 'scheduled', 'published', 'withdrawn'], d.state)`,
  startedBy: 's.name',
  saved: 'd.saved_at',
  approvedBy: 'a.name',
};

/** Those saved last first, unless another order is asked for. */
export async function listDrafts(app: App, actor: Actor, input: ListDrafts = {}): Promise<Page<DraftListed>> {
  authorize(actor, 'ruleset.readDrafts');
  return withScope(app, actor, (tx) =>
    readPage<DraftListed>(
      tx,
      input,
      `select d.id as "draftId", d.kind, d.ruleset_id as id, named.name, d.state, d.revision, d.base_version as "baseVersion",
              (select max(v.version) from ruleset_version v where v.kind = d.kind and v.id = d.ruleset_id) as "currentVersion",
              coalesce(s.name, '') as "startedBy", coalesce(l.name, '') as "savedBy", d.saved_at as "savedAt",
              d.submitted_at as "submittedAt", a.name as "approvedBy", d.publish_on as "publishOn",
              d.published_version as "publishedVersion", d.failure is not null as "hasFailed", own.had as "isOwn"
       from ruleset_draft d
       left join person s on s.id = d.started_by
       left join person l on l.id = d.saved_by
       left join person a on a.id = d.approved_by
       left join lateral (
         select v.document::jsonb -> 'name' as name from ruleset_version v
         where v.kind = d.kind and v.id = d.ruleset_id order by v.version desc limit 1
       ) named on true
       cross join lateral (
         select d.started_by = $4 or exists (select from draft_editor e where e.draft_id = d.id and e.person_id = $4) as had
       ) own
       where ($1::text is null or d.kind = $1) and ($2::text is null or d.ruleset_id = $2) and d.state = any($3)
         and ($5::boolean is null or own.had = $5)
         and ($6::text is null or strpos(lower(concat_ws(' ', d.ruleset_id, named.name ->> 'ja', named.name ->> 'en', s.name, l.name, a.name)), lower($6)) > 0)
       order by ${orderBy(orders, input, { sort: 'saved', descending: true }, 'd.saved_at desc, d.id')}`,
      [
        ...[input.kind ?? null, input.id ?? null, input.states ?? onTheirWay, actor.personId, input.own ?? null],
        input.search?.trim() || null,
      ],
    ),
  );
}
