/**
 * How does an approver publish rulesets from a screen, a file or the command line?
 * Also called: ruleset publish, release, 公開, リリース.
 */
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { RulesetSource } from '#engine/rulesets/check.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { publishSources, type PublishResult } from '#runtime/catalogue/publish-release.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';

/** A ruleset as its text, or as the document that a strict reader made of it; `source` is where it came from, such as a file. */
export type SubmittedRuleset = RulesetSource | { readonly text: string; readonly source?: string };

/** Publishes all of them as one release, or none: the refusal carries every diagnostic. */
export async function publishRulesets(
  app: App,
  actor: Actor,
  input: { readonly rulesets: readonly SubmittedRuleset[] },
): Promise<PublishResult> {
  authorize(actor, 'ruleset.publish');
  const read = input.rulesets.map(readStrictly);
  const diagnostics = read.filter((one): one is Diagnostic => 'severity' in one);
  if (diagnostics.length > 0) return { refusal: { reason: 'has-errors', diagnostics } };
  return publishSources(app, actor, read as RulesetSource[]);
}

function readStrictly(submitted: SubmittedRuleset): RulesetSource | Diagnostic {
  if ('document' in submitted) return submitted;
  const from = submitted.source === undefined ? {} : { source: submitted.source };
  const parsed = parseRuleset(submitted.text);
  return 'diagnostic' in parsed ? { ...parsed.diagnostic, ...from } : { document: parsed.document, ...from };
}
