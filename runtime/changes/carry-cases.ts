/**
 * What do a draft's cases say once it is carried over to a version that was published meanwhile?
 * A case is one thing: amounts put together from two cases would be nobody's. So where only one side changed it that holds, and
 * where both did a person takes the one or the other. Cases are known by the id that they have in every version. Pure.
 * Also called: three-way merge of tests, ケースの引き継ぎ.
 */
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import type { Side } from '#runtime/changes/carry-over.ts';

/** A case as typed. */
export type TypedCase = { readonly id: string; readonly text: string };

/** A case that both changed differently; a side that took it out has no text. */
export type CaseConflict = {
  /** Names the case when it is decided. */
  readonly key: string;
  readonly before: string | null;
  readonly draft: string | null;
  readonly published: string | null;
};

export type CarriedCases = {
  /** In the order of the published version, then those that the draft added; an undecided one says what the draft says. */
  readonly cases: readonly TypedCase[];
  readonly conflicts: readonly CaseConflict[];
};

/** `before` are the cases of the version that the draft began from; none where it began from nothing. */
export function carriedCases(
  before: readonly TypedCase[],
  draft: readonly TypedCase[],
  published: readonly TypedCase[],
  choices: Readonly<Record<string, Side>> = {},
): CarriedCases {
  const ids = new Set([...published, ...draft].map(({ id }) => id));
  const conflicts: CaseConflict[] = [];
  const cases = [...ids].flatMap((id): TypedCase[] => {
    const [was, ours, theirs] = [before, draft, published].map((side) => textIn(side, id));
    const key = `case ${id}`;
    if (isSame(ours!, theirs!) || isSame(was!, ours!)) return named(id, theirs!);
    if (isSame(was!, theirs!)) return named(id, ours!);
    conflicts.push({ key, before: was!, draft: ours!, published: theirs! });
    return named(id, choices[key] === 'published' ? theirs! : ours!);
  });
  return { cases, conflicts };
}

/** What became of the cases from one side to another, in the order of the later. */
export function casesChanged(before: readonly TypedCase[], after: readonly TypedCase[]): CaseChange[] {
  const ids = new Set([...after, ...before].map(({ id }) => id));
  return [...ids].flatMap((id): CaseChange[] => {
    const [was, is] = [textIn(before, id), textIn(after, id)];
    if (isSame(was, is)) return [];
    const change = was === null ? 'added' : is === null ? 'removed' : 'changed';
    return [{ id, change, before: was, after: is }];
  });
}

export type CaseChange = {
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: string | null;
  readonly after: string | null;
};

const textIn = (cases: readonly TypedCase[], id: string): string | null =>
  cases.find((each) => each.id === id)?.text ?? null;

const named = (id: string, text: string | null): TypedCase[] => (text === null ? [] : [{ id, text }]);

/** Spaces and the order of fields say nothing. */
const isSame = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && plain(a) === plain(b));

function plain(text: string): string {
  const parsed = parseRuleset(text);
  return 'document' in parsed ? canonicalJson(parsed.document) : text;
}
