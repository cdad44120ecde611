/**
 * What does a draft say, where is it on its way, and what may the person who looks do with it?
 * Also called: draft page, change history, 下書きの詳細, 変更の履歴.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { contentOf, listedCases, type CaseListed } from '#runtime/changes/content.ts';
import { casesOfDraft, handsIn, readDraft, type Draft } from '#runtime/changes/draft.ts';
import { draftMoves, isOver, mayMove, type DraftState } from '#runtime/changes/moves.ts';
import { latestVersion } from '#runtime/changes/start.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

export type Someone = { readonly id: string; readonly name: string };

export type DraftStep = {
  readonly at: string;
  readonly by: Someone;
  /** Such as 'draft.submitted'. */
  readonly action: string;
  readonly comment: string | null;
  readonly details: Readonly<Record<string, unknown>>;
};

export type DraftShown = {
  readonly draftId: string;
  readonly kind: RulesetKind;
  readonly id: string;
  readonly state: DraftState;
  readonly revision: number;
  readonly text: string;
  readonly cases: readonly CaseListed[];
  /** What an approval is bound to; null while a text cannot be read. */
  readonly hash: string | null;
  /** The version that the draft started from, the one in use, and whether they are no longer the same. */
  readonly baseVersion: number | null;
  readonly currentVersion: number | null;
  readonly isOutdated: boolean;
  readonly startedBy: Someone;
  readonly startedAt: string;
  readonly savedBy: Someone;
  readonly savedAt: string;
  /** Everybody who had a hand in it, and so may not approve it. */
  readonly hands: readonly Someone[];
  readonly submitted: { readonly by: Someone; readonly at: string } | null;
  readonly approved: { readonly by: Someone; readonly at: string; readonly hash: string } | null;
  readonly scheduled: { readonly by: Someone; readonly on: CivilDate } | null;
  /** Why the last publication that was due did not come about: `obstacles` as in check-draft. */
  readonly failure: Readonly<Record<string, unknown>> | null;
  readonly published: {
    readonly by: Someone;
    readonly at: string;
    readonly version: number;
    readonly release: number;
  } | null;
  /** What happened to it, the latest first. */
  readonly steps: readonly DraftStep[];
  readonly may: DraftRights;
};

/** What the person who looks may do now. `approve` is false for who had a hand in it. */
export type DraftRights = {
  readonly edit: boolean;
  /** To edit it, the draft has to be taken back first, which voids what was judged. */
  readonly takesBack: boolean;
  readonly submit: boolean;
  readonly approve: boolean;
  readonly sendBack: boolean;
  readonly publish: boolean;
  readonly withdraw: boolean;
};

/** Refused with `draft-unknown`. */
export async function showDraft(app: App, actor: Actor, input: { readonly draftId: string }): Promise<DraftShown> {
  authorize(actor, 'ruleset.readDrafts');
  return withScope(app, actor, async (tx) => {
    const draft = await readDraft(tx, input.draftId);
    const { kind, rulesetId: id, state, revision, baseVersion = null, document: text } = draft;
    const typed = await casesOfDraft(tx, draft.id);
    const content = contentOf(draft, typed);
    const hands = await handsIn(tx, draft);
    const someone = await namesOf(tx, draft, hands);
    const currentVersion = await latestVersion(tx, { kind, id });
    return {
      ...{ draftId: draft.id, kind, id, state, revision, text, hash: content.hash, baseVersion, currentVersion },
      cases: listedCases(typed, content),
      isOutdated: !isOver(state) && currentVersion !== baseVersion,
      startedBy: someone(draft.startedBy),
      startedAt: draft.startedAt.toISOString(),
      savedBy: someone(draft.savedBy),
      savedAt: draft.savedAt.toISOString(),
      hands: [...hands].map(someone),
      ...judgementOf(draft, someone),
      failure: draft.failure ?? null,
      steps: await stepsOf(tx, draft),
      may: rightsOf(actor, draft, hands),
    };
  });
}

type Named = (personId: string) => Someone;

function judgementOf(
  draft: Draft,
  someone: Named,
): Pick<DraftShown, 'submitted' | 'approved' | 'scheduled' | 'published'> {
  const { submittedBy, submittedAt, approvedBy, approvedAt, approvedHash, publishOn, scheduledBy } = draft;
  const { publishedBy, publishedAt, publishedVersion, releaseNumber } = draft;
  return {
    submitted: submittedBy && submittedAt ? { by: someone(submittedBy), at: submittedAt.toISOString() } : null,
    approved:
      approvedBy && approvedAt && approvedHash
        ? { by: someone(approvedBy), at: approvedAt.toISOString(), hash: approvedHash }
        : null,
    scheduled: publishOn && scheduledBy ? { by: someone(scheduledBy), on: publishOn } : null,
    published:
      publishedBy && publishedAt && publishedVersion && releaseNumber
        ? {
            ...{ by: someone(publishedBy), at: publishedAt.toISOString() },
            ...{ version: publishedVersion, release: releaseNumber },
          }
        : null,
  };
}

async function namesOf(tx: ScopedTx, draft: Draft, hands: ReadonlySet<string>): Promise<Named> {
  const { savedBy, submittedBy, approvedBy, scheduledBy, publishedBy } = draft;
  const concerned = [...hands, savedBy, submittedBy, approvedBy, scheduledBy, publishedBy].filter(Boolean);
  const people = await tx.sql<Someone>('select id, name from person where id = any($1::uuid[])', [concerned]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? '' });
}

async function stepsOf(tx: ScopedTx, draft: Draft): Promise<DraftStep[]> {
  const rows = await tx.sql<Omit<DraftStep, 'comment' | 'at'> & { at: Date | string }>(
    `select a.at, jsonb_build_object('id', a.person_id, 'name', coalesce(p.name, '')) as by, a.action, a.details
     from audit_entry a left join person p on p.id = a.person_id
     where a.object = $1 order by a.number desc`,
    [`draft/${draft.id}`],
  );
  return rows.map((row) => {
    const { comment } = row.details;
    return { ...row, at: new Date(row.at).toISOString(), comment: typeof comment === 'string' ? comment : null };
  });
}

function rightsOf(actor: Actor, { state }: Draft, hands: ReadonlySet<string>): DraftRights {
  const writes = mayDo(actor, 'ruleset.draft');
  const leads = (to: DraftState): boolean => mayMove(state, to);
  return {
    edit: writes && !isOver(state),
    takesBack: (draftMoves[state] as readonly DraftState[]).includes('draft') && state !== 'sentBack',
    submit: writes && leads('inReview'),
    approve: mayDo(actor, 'ruleset.approve') && leads('approved') && state === 'inReview' && !hands.has(actor.personId),
    sendBack: mayDo(actor, 'ruleset.review') && leads('sentBack'),
    publish: mayDo(actor, 'ruleset.publish') && leads('published'),
    withdraw: writes && leads('withdrawn'),
  };
}
