/**
 * What does a draft say once it is carried over to a version that was published meanwhile?
 * Where only one of the two changed something, that holds; where both did, a person decides. Rows are known by their `id`. Pure.
 * Also called: three-way merge, rebase, 引き継ぎ, 競合.
 */
import { differences } from '#engine/diff/differences.ts';
import { below } from '#engine/diagnostics/pointer.ts';

export type Side = 'draft' | 'published';

/** A place that the draft and the published version changed differently; a side that took it out has no value there. */
export type Conflict = {
  /** Names the place when it is decided. */
  readonly key: string;
  /** Where it stands in either document, as JSON pointers. */
  readonly at: Readonly<Record<Side, string | null>>;
  readonly before: unknown;
  readonly draft: unknown;
  readonly published: unknown;
};

export type CarriedOver = {
  /** With every conflict decided as asked; one that nobody decided says what the draft says. */
  readonly document: unknown;
  readonly conflicts: readonly Conflict[];
};

type JsonObject = Readonly<Record<string, unknown>>;
type Row = JsonObject & { readonly id: string };
type Three = { readonly before: unknown; readonly draft: unknown; readonly published: unknown };
type Choices = Readonly<Record<string, Side>>;

/** The value of a side that has none. */
const none = Symbol('none');

/** What belongs to the change itself, not to what it is based on. */
const ofTheChange = ['version', 'effective', 'reason'];

/** `before` is the version that the draft began from, null where it began from nothing. */
export function carriedOver(before: unknown, draft: unknown, published: unknown, choices: Choices = {}): CarriedOver {
  const merge = new Merge(choices);
  const document = merge.merged(
    { before: leaveOut(before ?? {}), draft: leaveOut(draft), published: leaveOut(published) },
    { draft: '', published: '' },
  );
  return { document: { ...(document as JsonObject), ...ownParts(draft) }, conflicts: merge.conflicts };
}

const leaveOut = (document: unknown): JsonObject =>
  Object.fromEntries(Object.entries(document as JsonObject).filter(([key]) => !ofTheChange.includes(key)));
const ownParts = (document: unknown): JsonObject =>
  Object.fromEntries(Object.entries(document as JsonObject).filter(([key]) => ofTheChange.includes(key)));

class Merge {
  readonly conflicts: Conflict[] = [];
  readonly #choices: Choices;

  constructor(choices: Choices) {
    this.#choices = choices;
  }

  merged({ before, draft, published }: Three, at: Readonly<Record<Side, string>>): unknown {
    if (isSame(draft, published) || isSame(before, draft)) return published;
    if (isSame(before, published)) return draft;
    if (isObject(draft) && isObject(published)) return this.#fields({ before, draft, published }, at);
    if (areRows(draft) && areRows(published)) return this.#rows({ before, draft, published }, at);
    return this.#decided({ before, draft, published }, at);
  }

  #fields(three: Three & { draft: JsonObject; published: JsonObject }, at: Readonly<Record<Side, string>>): JsonObject {
    const keys = new Set([...Object.keys(three.published), ...Object.keys(three.draft)]);
    const fields = [...keys].map((key): [string, unknown] => {
      const field = (of: unknown): unknown => (isObject(of) && Object.hasOwn(of, key) ? of[key] : none);
      const values = { before: field(three.before), draft: field(three.draft), published: field(three.published) };
      return [key, this.merged(values, { draft: below(at.draft, key), published: below(at.published, key) })];
    });
    return Object.fromEntries(fields.filter(([, value]) => value !== none));
  }

  /** In the order of the published version; a row that the draft added comes after the one that it follows there. */
  #rows(
    { before, draft, published }: Three & { draft: readonly Row[]; published: readonly Row[] },
    at: Readonly<Record<Side, string>>,
  ): unknown[] {
    const order = published.map(({ id }) => id);
    for (const [index, { id }] of draft.entries())
      if (!order.includes(id)) order.splice(order.indexOf(draft[index - 1]?.id ?? '') + 1, 0, id);
    const rowIn = (rows: unknown, id: string): unknown =>
      areRows(rows) ? (rows.find((row) => row.id === id) ?? none) : none;
    const place = (side: Side, rows: readonly Row[], id: string): string =>
      below(
        at[side],
        rows.findIndex((row) => row.id === id),
      );
    return order
      .map((id) =>
        this.merged(
          { before: rowIn(before, id), draft: rowIn(draft, id), published: rowIn(published, id) },
          { draft: place('draft', draft, id), published: place('published', published, id) },
        ),
      )
      .filter((row) => row !== none);
  }

  #decided(three: Three, at: Readonly<Record<Side, string>>): unknown {
    const where = {
      draft: three.draft === none ? null : at.draft,
      published: three.published === none ? null : at.published,
    };
    const key = `${where.draft ?? '-'} ${where.published ?? '-'}`;
    const said = (value: unknown): unknown => (value === none ? undefined : value);
    const { before, draft, published } = three;
    this.conflicts.push({ key, at: where, before: said(before), draft: said(draft), published: said(published) });
    return this.#choices[key] === 'published' ? published : draft;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (a !== none && b !== none && differences(a, b).length === 0);

function areRows(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value)) return false;
  const ids = value.map((each) => (isObject(each) ? each['id'] : undefined));
  return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
}
