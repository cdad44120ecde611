/**
 * How does an approver publish rulesets from a file or the command line?
 * Also called: ruleset publish, release, import, 公開, リリース, 取り込み.
 */
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { RulesetSource } from '#engine/rulesets/check.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import type { SubmittedCases } from '#runtime/catalogue/cases.ts';
import { publishSources, type PublishResult } from '#runtime/catalogue/publish-release.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';

/** A ruleset as its text, or as the document that a strict reader made of it; `source` is where it came from, such as a file. */
export type SubmittedRuleset = RulesetSource | { readonly text: string; readonly source?: string };

/** The text of a file of cases, and the ruleset that it lies beside. */
export type SubmittedCaseFile = {
  readonly kind: string;
  readonly id: string;
  readonly text: string;
  readonly source?: string;
};

/**
 * Publishes all of them as one release, or none: the refusal carries every diagnostic. For setting an operator up: once a cycle has been
 * opened, a new version is refused with `needs-approval`, for every change of prices then has an author and another person who approves it.
 */
export async function publishRulesets(
  app: App,
  actor: Actor,
  input: { readonly rulesets: readonly SubmittedRuleset[]; readonly cases?: readonly SubmittedCaseFile[] },
): Promise<PublishResult> {
  authorize(actor, 'ruleset.publish');
  const rulesets = input.rulesets.map((one) => ('document' in one ? one : readStrictly(one)));
  const cases = (input.cases ?? []).map(readStrictly);
  const diagnostics = [...rulesets, ...cases].filter((one): one is Diagnostic => 'severity' in one);
  if (diagnostics.length > 0) return { refusal: { reason: 'has-errors', diagnostics } };
  return publishSources(app, actor, rulesets as RulesetSource[], cases as SubmittedCases[], { untilBilled: true });
}

/** The document in place of the text, or what is wrong with the text. */
export function readStrictly<T extends { readonly text: string; readonly source?: string }>(
  submitted: T,
): (Omit<T, 'text'> & { readonly document: unknown }) | Diagnostic {
  const { text, ...rest } = submitted;
  const parsed = parseRuleset(text);
  const from = rest.source === undefined ? {} : { source: rest.source };
  return 'diagnostic' in parsed ? { ...parsed.diagnostic, ...from } : { ...rest, document: parsed.document };
}
