/**
 * How is a draft started, and what happens when somebody saves it?
 * The text is kept as typed. Two people who type into one draft do not overwrite each other: the second is told who saved, and when.
 * Also called: autosave, optimistic locking, 自動保存, 同時編集, 楽観ロック.
 */
import { randomUUID } from 'node:crypto';
import { limits } from '#engine/rulesets/limits.ts';
import type { App } from '#runtime/app.ts';
import type { KeptCase } from '#runtime/catalogue/cases.ts';
import {
  casesOfDraft,
  readDraft,
  recordDraft,
  refuseOldRevision,
  voidJudgement,
  type Draft,
  type Person,
} from '#runtime/changes/draft.ts';
import { isOver } from '#runtime/changes/moves.ts';
import { writtenDocument } from '#runtime/changes/written-document.ts';
import { DraftCase, DraftEditor, RulesetDraft } from '#runtime/db/entities/changes.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

export type DraftToStart = {
  readonly kind: RulesetKind;
  readonly rulesetId: string;
  readonly baseVersion: number | null;
  readonly text: string;
  readonly cases: readonly KeptCase[];
};

/** What a save gives back: the revision to name at the next one. */
export type Saved = { readonly revision: number; readonly state: Draft['state']; readonly savedAt: string };

/** What every save says: the revision that was looked at, and whether a draft that is under way may be taken back for it. */
export type Saving = { readonly draftId: string; readonly revision: number; readonly takeBack?: boolean };

/** Makes the draft and puts it on record with `details`. */
export async function insertDraft(
  tx: ScopedTx,
  app: Pick<App, 'clock'>,
  by: Person,
  { kind, rulesetId, baseVersion, text, cases }: DraftToStart,
  details: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { tenantId, personId } = by;
  const now = app.clock.now();
  const draft = tx.em.create(RulesetDraft, {
    ...{ tenantId, id: randomUUID(), kind, rulesetId, baseVersion, state: 'draft', revision: 1, document: text },
    ...{ startedBy: personId, startedAt: now, savedBy: personId, savedAt: now },
  });
  await tx.em.flush();
  const texts = cases.map(({ id, document: read }) => ({ id, text: writtenDocument('Case', read) }));
  await insertCases(tx, by, draft.id, texts);
  await recordDraft(tx, by, draft, 'started', { base: baseVersion, ...details });
  return draft.id;
}

/**
 * Keeps the text as it is. A save that changes nothing is no save, whatever revision it began from: whoever sends a text a second time,
 * as its first answer got lost, does not stand in their own way. `base` moves the draft onto the version in use.
 */
export async function saveText(
  tx: ScopedTx,
  app: Pick<App, 'clock'>,
  by: Person,
  saving: Saving & { readonly text: string; readonly base?: number },
): Promise<Saved> {
  refuseTooLarge(saving.text);
  const kept = await readDraft(tx, saving.draftId, 'lock');
  const changesNothing = kept.document === saving.text && (saving.base ?? kept.baseVersion) === kept.baseVersion;
  if (changesNothing && isBeingWritten(kept)) return savedNow(kept);
  const draft = await draftToSave(tx, saving);
  await openForSaving(tx, app, by, draft);
  draft.document = saving.text;
  if (saving.base !== undefined && saving.base !== draft.baseVersion) {
    await recordDraft(tx, by, draft, 'rebased', { from: draft.baseVersion, to: saving.base });
    draft.baseVersion = saving.base;
  }
  return savedNow(draft);
}

/** Adds a case, changes one, or takes one out (`text` null). */
export async function saveCaseText(
  tx: ScopedTx,
  app: Pick<App, 'clock'>,
  by: Person,
  saving: Saving & { readonly caseId?: string; readonly text: string | null },
): Promise<Saved & { readonly caseId: string }> {
  const { caseId, text } = saving;
  if (text !== null) refuseTooLarge(text);
  const draft = await draftToSave(tx, saving);
  const cases = await casesOfDraft(tx, draft.id);
  if (caseId !== undefined && !cases.some(({ id }) => id === caseId)) throw new Refusal('case-unknown', {}, 404);
  if (caseId === undefined && text === null) throw new Refusal('case-unknown', {}, 404);
  await openForSaving(tx, app, by, draft);
  // The state has to be written before the cases are: those of a draft under way do not change.
  await tx.em.flush();
  const id = caseId ?? randomUUID();
  const key = { tenantId: by.tenantId, draftId: draft.id, id };
  if (text === null) await tx.em.nativeDelete(DraftCase, key);
  else if (caseId !== undefined) await tx.em.nativeUpdate(DraftCase, key, { document: text });
  else await tx.em.insert(DraftCase, { ...key, number: (cases.at(-1)?.number ?? 0) + 1, document: text });
  return { ...savedNow(draft), caseId: id };
}

/** Puts these cases in the place of those that the draft has: part of a save that has been made. */
export async function replaceCases(
  tx: ScopedTx,
  by: Person,
  draftId: string,
  cases: readonly { readonly id: string; readonly text: string }[],
): Promise<void> {
  // The state has to be written before the cases are: those of a draft under way do not change.
  await tx.em.flush();
  await tx.em.nativeDelete(DraftCase, { tenantId: by.tenantId, draftId });
  await insertCases(tx, by, draftId, cases);
}

async function insertCases(
  tx: ScopedTx,
  { tenantId }: Person,
  draftId: string,
  cases: readonly { readonly id: string; readonly text: string }[],
): Promise<void> {
  const rows = cases.map(({ id, text }, index) => ({ tenantId, draftId, id, number: index + 1, document: text }));
  await tx.em.insertMany(DraftCase, rows);
}

async function draftToSave(tx: ScopedTx, { draftId, revision, takeBack }: Saving): Promise<Draft> {
  const draft = await readDraft(tx, draftId, 'lock');
  if (isOver(draft.state)) throw new Refusal('draft-closed', { state: draft.state });
  await refuseOldRevision(tx, draft, revision);
  if (!isBeingWritten(draft) && takeBack !== true) throw new Refusal('draft-under-way', { state: draft.state });
  return draft;
}

const isBeingWritten = ({ state }: Draft): boolean => state === 'draft' || state === 'sentBack';

/** Only what changes the course of the draft is put on record, and a person's first save: never each keystroke. */
async function openForSaving(tx: ScopedTx, app: Pick<App, 'clock'>, by: Person, draft: Draft): Promise<void> {
  const { state } = draft;
  const now = app.clock.now();
  voidJudgement(draft);
  draft.state = 'draft';
  draft.revision += 1;
  draft.savedBy = by.personId;
  draft.savedAt = now;
  const isFirst = await addEditor(tx, by, draft, now);
  if (state !== 'draft') await recordDraft(tx, by, draft, 'takenBack', { from: state });
  if (isFirst) await recordDraft(tx, by, draft, 'edited');
}

/** Whether the person has not saved anything in the draft before. */
async function addEditor(tx: ScopedTx, { tenantId, personId }: Person, draft: Draft, since: Date): Promise<boolean> {
  const key = { tenantId, draftId: draft.id, personId };
  if ((await tx.em.findOne(DraftEditor, key)) !== null) return false;
  await tx.em.insert(DraftEditor, { ...key, since });
  return true;
}

function refuseTooLarge(text: string): void {
  if (Buffer.byteLength(text) > limits.bytes) throw new Refusal('draft-too-large', { limit: limits.bytes }, 413);
}

const savedNow = ({ revision, state, savedAt }: Draft): Saved => ({ revision, state, savedAt: savedAt.toISOString() });
