/**
 * What does a draft say: the document behind the text, its cases, and the hash that an approval is bound to?
 * Also called: content hash, 内容のハッシュ, 承認対象.
 */
import { formErrors } from '#engine/rulesets/check.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { sha256 } from '#runtime/catalogue/release-lock.ts';
import type { CaseText, Draft } from '#runtime/changes/draft.ts';
import type { Case, Diagnostic, Ruleset } from '#schemas/generated/types.ts';

export type ReadCase = { readonly id: string } & (
  | { readonly document: Case; readonly faults?: never }
  /** Why the text is no case. */
  | { readonly faults: readonly Diagnostic[]; readonly document?: never }
);

export type Content = {
  /** Null when the text is no JSON that we are willing to read; `fault` says where. */
  readonly document: unknown;
  readonly fault: Diagnostic | undefined;
  readonly cases: readonly ReadCase[];
  /** Of ruleset and cases together, in canonical form; null while any of their texts cannot be read. */
  readonly hash: string | null;
};

export function contentOf(draft: Pick<Draft, 'document'>, cases: readonly CaseText[]): Content {
  const parsed = parseRuleset(draft.document);
  const read = cases.map(({ id, text }) => ({ id, parsed: parseRuleset(text) }));
  const documents = [parsed, ...read.map((one) => one.parsed)];
  const hash = documents.every((one) => 'document' in one) ? contentHash(documents.map((one) => one.document)) : null;
  return {
    document: 'document' in parsed ? parsed.document : null,
    fault: 'diagnostic' in parsed ? parsed.diagnostic : undefined,
    cases: read.map(readCase),
    hash,
  };
}

function readCase({ id, parsed }: { readonly id: string; readonly parsed: ReturnType<typeof parseRuleset> }): ReadCase {
  const source = `case/${id}`;
  if ('diagnostic' in parsed) return { id, faults: [{ ...parsed.diagnostic, source }] };
  const faults = formErrors('Case', parsed.document).map((fault) => ({ ...fault, source }));
  return faults.length > 0 ? { id, faults } : { id, document: parsed.document as Case };
}

function contentHash([ruleset, ...cases]: readonly unknown[]): string {
  return sha256(canonicalJson({ ruleset, cases }));
}

/** A case as a screen shows it: the text as typed, and the case or what is wrong with it. */
export type CaseListed = {
  readonly id: string;
  readonly text: string;
  /** Null where the text is no case; `faults` says why. */
  readonly document: Case | null;
  readonly faults: readonly Diagnostic[];
};

export function listedCases(typed: readonly CaseText[], { cases }: Pick<Content, 'cases'>): CaseListed[] {
  return typed.map(({ id, text }, index) => {
    const { document = null, faults = [] } = cases[index]!;
    return { id, text, document, faults };
  });
}

/** The first day of the change, as far as the document names one. */
export function effectiveFrom(document: unknown): string | undefined {
  const from = (document as Partial<Ruleset> | null)?.effective?.from;
  return typeof from === 'string' ? from : undefined;
}
