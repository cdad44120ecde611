/**
 * Which cases go with a draft, or with a published version?
 * Also called: ruleset tests, ケース一覧, 受入例.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { casesOfVersion } from '#runtime/catalogue/cases.ts';
import { contentOf, listedCases, type CaseListed } from '#runtime/changes/content.ts';
import { casesOfDraft, readDraft } from '#runtime/changes/draft.ts';
import { latestVersion } from '#runtime/changes/start.ts';
import { writtenDocument } from '#runtime/changes/written-document.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';

export type CasesAsked =
  | { readonly draftId: string }
  /** Of the latest version when none is named. */
  | { readonly kind: RulesetKind; readonly id: string; readonly version?: number };

/** In their order. */
export async function listCases(app: App, actor: Actor, input: CasesAsked): Promise<readonly CaseListed[]> {
  authorize(actor, 'draftId' in input ? 'ruleset.readDrafts' : 'ruleset.read');
  return withScope(app, actor, (tx) => ('draftId' in input ? ofDraft(tx, input.draftId) : ofVersion(tx, input)));
}

async function ofVersion(
  tx: ScopedTx,
  input: { readonly kind: RulesetKind; readonly id: string; readonly version?: number },
): Promise<CaseListed[]> {
  const version = input.version ?? (await latestVersion(tx, input)) ?? 0;
  const cases = await casesOfVersion(tx, { kind: input.kind, id: input.id, version });
  return cases.map(({ id, document }) => ({ id, text: writtenDocument('Case', document), document, faults: [] }));
}

async function ofDraft(tx: ScopedTx, draftId: string): Promise<CaseListed[]> {
  const draft = await readDraft(tx, draftId);
  const typed = await casesOfDraft(tx, draftId);
  return listedCases(typed, contentOf(draft, typed));
}
