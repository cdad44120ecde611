/**
 * Somebody published while a draft was being written: what does the draft say when it is carried over to the new version?
 * The author sees what was published, decides place by place where both changed the same, and goes on from there.
 * Also called: rebase, merge conflict, 引き継ぎ, 新しい版への載せ替え.
 */
import { placeOf } from '#engine/diff/place.ts';
import { readDifferences, type ReadDifference } from '#engine/diff/read-differences.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { casesOfVersion } from '#runtime/catalogue/cases.ts';
import { carriedCases, casesChanged, type TypedCase } from '#runtime/changes/carry-cases.ts';
import { carriedOver, type Conflict, type Side } from '#runtime/changes/carry-over.ts';
import { casesOfDraft, readDraft, type Draft } from '#runtime/changes/draft.ts';
import { replaceCases, saveText, type Saved } from '#runtime/changes/edit.ts';
import { isOver } from '#runtime/changes/moves.ts';
import { latestVersion, publishedVersion } from '#runtime/changes/start.ts';
import { writtenDocument } from '#runtime/changes/written-document.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Case, Localized, RulesetKind } from '#schemas/generated/types.ts';

export type CarryOverShown = {
  readonly draftId: string;
  readonly kind: RulesetKind;
  readonly id: string;
  readonly revision: number;
  readonly baseVersion: number | null;
  readonly currentVersion: number;
  /** What was published since the draft began. */
  readonly published: readonly ReadDifference[];
  /** What the draft changes of the version that it began from. */
  readonly drafted: readonly ReadDifference[];
  readonly conflicts: readonly (Conflict & { readonly place: readonly Localized[] })[];
  readonly cases: {
    readonly published: readonly CaseStep[];
    readonly drafted: readonly CaseStep[];
    readonly conflicts: readonly CaseToDecide[];
  };
};

/** A case that came, went or changed; without a name where its text cannot be read. */
export type CaseStep = {
  readonly id: string;
  readonly name: Localized | null;
  readonly change: 'added' | 'removed' | 'changed';
};

/** A case that both changed: what each side made of it, null where it took the case out. */
export type CaseToDecide = {
  readonly key: string;
  readonly name: Localized | null;
  readonly sides: Readonly<Record<Side, readonly ReadDifference[] | null>>;
};

/** Refused with `draft-unknown`, `draft-closed`, `draft-not-outdated`, and `draft-unreadable` while its text is no JSON. */
export async function showCarryOver(
  app: App,
  actor: Actor,
  input: { readonly draftId: string },
): Promise<CarryOverShown> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, async (tx) => {
    const { draft, before, written, published, cases } = await versionsOf(tx, input.draftId);
    const { conflicts } = carriedOver(before, written, published);
    return {
      ...{ draftId: draft.id, kind: draft.kind, id: draft.rulesetId, revision: draft.revision },
      ...{ baseVersion: draft.baseVersion ?? null, currentVersion: published.version },
      published: readDifferences('Ruleset', before ?? {}, published),
      drafted: readDifferences('Ruleset', before ?? {}, written),
      conflicts: conflicts.map((each) => ({
        ...each,
        place:
          each.at.draft === null
            ? placeOf('Ruleset', published, each.at.published ?? '')
            : placeOf('Ruleset', written, each.at.draft),
      })),
      cases: {
        published: stepsOf(cases.before, cases.published),
        drafted: stepsOf(cases.before, cases.draft),
        conflicts: carriedCases(cases.before, cases.draft, cases.published).conflicts.map((each) => {
          const sideOf = (text: string | null) =>
            text === null ? null : readDifferences('Case', readCase(each.before) ?? {}, readCase(text) ?? {});
          const sides = { draft: sideOf(each.draft), published: sideOf(each.published) };
          return { key: each.key, name: nameOf(each.before ?? each.published ?? each.draft), sides };
        }),
      },
    };
  });
}

const stepsOf = (before: readonly TypedCase[], after: readonly TypedCase[]): CaseStep[] =>
  casesChanged(before, after).map(({ id, change, before: was, after: is }) => ({
    id,
    change,
    name: nameOf(is ?? was),
  }));

export type ToCarryOver = {
  readonly draftId: string;
  readonly revision: number;
  /** Whose value holds at each conflict, by its key. */
  readonly choices: Readonly<Record<string, Side>>;
};

/**
 * The draft becomes one of the version after the published one, and is being written again: what was judged is void.
 * Refused as above, with `conflicts-undecided` where a choice is missing, and with `draft-changed-meanwhile`.
 */
export async function carryOverDraft(app: App, actor: Actor, input: ToCarryOver): Promise<Saved> {
  authorize(actor, 'ruleset.draft');
  return withScope(app, actor, async (tx) => {
    const { draftId, revision, choices } = input;
    const { before, written, published, cases } = await versionsOf(tx, draftId);
    const { document, conflicts } = carriedOver(before, written, published, choices);
    const carried = carriedCases(cases.before, cases.draft, cases.published, choices);
    const open = [...conflicts, ...carried.conflicts].filter(({ key }) => choices[key] === undefined);
    if (open.length > 0) throw new Refusal('conflicts-undecided', { count: open.length }, 422);
    const text = writtenDocument('Ruleset', { ...(document as object), version: published.version + 1 });
    const saved = await saveText(tx, app, actor, { draftId, revision, text, base: published.version, takeBack: true });
    await replaceCases(tx, actor, draftId, carried.cases);
    return saved;
  });
}

async function versionsOf(tx: ScopedTx, draftId: string) {
  const draft = await readDraft(tx, draftId);
  const named = { kind: draft.kind, id: draft.rulesetId };
  if (isOver(draft.state)) throw new Refusal('draft-closed', { state: draft.state });
  const current = await latestVersion(tx, named);
  if (current === null || current === draft.baseVersion) throw new Refusal('draft-not-outdated', {});
  const base = draft.baseVersion ?? null;
  const casesIn = async (version: number): Promise<TypedCase[]> =>
    (await casesOfVersion(tx, { ...named, version })).map(({ id, document }) => ({
      id,
      text: writtenDocument('Case', document),
    }));
  return {
    draft,
    before: base === null ? null : await publishedVersion(tx, named, base),
    written: documentOf(draft),
    published: await publishedVersion(tx, named, current),
    cases: {
      before: base === null ? [] : await casesIn(base),
      draft: await casesOfDraft(tx, draft.id),
      published: await casesIn(current),
    },
  };
}

function readCase(text: string | null): Partial<Case> | null {
  const parsed = parseRuleset(text ?? '');
  const document = 'document' in parsed ? parsed.document : null;
  return typeof document === 'object' && document !== null && !Array.isArray(document) ? document : null;
}

/** What a case says that it shows, as far as its text can be read. */
function nameOf(text: string | null): Localized | null {
  const it = readCase(text)?.it;
  return it === undefined || formErrors('Localized', it).length > 0 ? null : it;
}

function documentOf({ document }: Draft): object {
  try {
    const read: unknown = JSON.parse(document);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch {
    // Said below, as of a text that is JSON and no ruleset.
  }
  throw new Refusal('draft-unreadable', {}, 422);
}
