/**
 * How does a product manager bring rulesets in from files, once the operator bills and nobody publishes alone any more?
 * Also called: ruleset import, 下書きとして取り込む、ルールセットの取り込み.
 */
import { formErrors } from '#engine/rulesets/check.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { formOfCases, type SubmittedCases } from '#runtime/catalogue/cases.ts';
import { importAsDrafts, type Imported } from '#runtime/changes/import.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readStrictly, type SubmittedCaseFile, type SubmittedRuleset } from '#runtime/services/publish-rulesets.ts';
import type { Diagnostic, Ruleset } from '#schemas/generated/types.ts';

export type ImportResult =
  | Imported
  | { readonly refusal: { readonly reason: 'has-errors'; readonly diagnostics: readonly Diagnostic[] } }
  | { readonly refusal: { readonly reason: 'nothing-to-import' } };

/**
 * Makes drafts of what differs from what is published, all or none: refused where a file cannot be read or has not the form of its schema.
 * What rulesets mean together is checked with each draft, as for one that was typed.
 */
export async function importRulesets(
  app: App,
  actor: Actor,
  input: { readonly rulesets: readonly SubmittedRuleset[]; readonly cases?: readonly SubmittedCaseFile[] },
): Promise<ImportResult> {
  authorize(actor, 'ruleset.draft');
  if (input.rulesets.length === 0) return { refusal: { reason: 'nothing-to-import' } };
  const read = input.rulesets.map((one) => ('document' in one ? one : readStrictly(one)));
  const cases = (input.cases ?? []).map(readStrictly);
  const diagnostics = [
    ...read.flatMap((one) => ('severity' in one ? [one] : faultsOf(one))),
    ...cases.flatMap((one) => ('severity' in one ? [one] : formOfCases(one))),
  ];
  if (diagnostics.length > 0) return { refusal: { reason: 'has-errors', diagnostics } };
  const rulesets = read.map((one) => (one as { document: unknown }).document as Ruleset);
  return withScope(app, actor, (tx) => importAsDrafts(tx, app, actor, rulesets, cases as SubmittedCases[]));
}

function faultsOf({ document, source }: { readonly document: unknown; readonly source?: string }): Diagnostic[] {
  const from = source === undefined ? {} : { source };
  return formErrors('Ruleset', document).map((fault) => ({ ...fault, ...from }));
}
