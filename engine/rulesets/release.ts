/**
 * Which version of a ruleset answers on a given day?
 * Also called: release, version in force, effective dating, リリース, 有効な版, 適用開始日.
 *
 * A version is in force from its `from` until the earlier of its own `to` and the `from` of any higher version that
 * starts on that day or later. Where two would still answer, the higher version does. (The reasons: README.md.)
 */
import type { EvaluateSource } from '#engine/compile/evaluate-source.ts';
import type { CivilDate, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

export type RulesetOf<K extends RulesetKind> = Extract<Ruleset, { kind: K }>;

/** The rulesets that bills are computed from, found by kind, id, version and day. */
export interface Release {
  readonly rulesets: readonly Ruleset[];
  /** The version that answers on the day, or undefined when none does. */
  inForce<K extends RulesetKind>(kind: K, id: string, on: CivilDate): RulesetOf<K> | undefined;
  version<K extends RulesetKind>(kind: K, id: string, version: number): RulesetOf<K> | undefined;
  /** All versions, the lowest first. */
  versions<K extends RulesetKind>(kind: K, id: string): readonly RulesetOf<K>[];
  /** Whatever of the kind is in force on the day, in order of id; the same list for days on which the same versions are. */
  allInForce<K extends RulesetKind>(kind: K, on: CivilDate): readonly RulesetOf<K>[];
  /** How source text is evaluated, where it may be. */
  readonly evaluateSource: EvaluateSource | undefined;
}

/** A version and the days on which it would answer; `to` is the first day that it no longer does. */
export interface Span {
  readonly ruleset: Ruleset;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export function prepareRelease(rulesets: readonly Ruleset[], evaluateSource?: EvaluateSource): Release {
  const kinds = byKindAndId(rulesets);
  const calendars = new Map<RulesetKind, Calendar>();
  const calendarOf = (kind: RulesetKind): Calendar => {
    let known = calendars.get(kind);
    if (known === undefined) calendars.set(kind, (known = new Calendar([...(kinds.get(kind)?.values() ?? [])])));
    return known;
  };
  const of = (kind: RulesetKind, id: string): Versions => kinds.get(kind)?.get(id) ?? none;
  return {
    rulesets,
    inForce: <K extends RulesetKind>(kind: K, id: string, on: CivilDate) =>
      answering(of(kind, id).spans, on) as RulesetOf<K> | undefined,
    version: <K extends RulesetKind>(kind: K, id: string, version: number) =>
      of(kind, id).ascending.find((ruleset) => ruleset.version === version) as RulesetOf<K> | undefined,
    versions: <K extends RulesetKind>(kind: K, id: string) => of(kind, id).ascending as readonly RulesetOf<K>[],
    allInForce: <K extends RulesetKind>(kind: K, on: CivilDate) => calendarOf(kind).on(on) as readonly RulesetOf<K>[],
    evaluateSource,
  };
}

/** What is in force from one day on which anything begins or ends to the next. Lists are made when they are asked for. */
class Calendar {
  readonly #versions: readonly Versions[];
  readonly #days: readonly CivilDate[];
  readonly #lists = new Map<number, readonly Ruleset[]>();
  /** The lists of the days that were asked for. */
  readonly #listOn = new Map<CivilDate, readonly Ruleset[]>();

  constructor(versions: readonly Versions[]) {
    this.#versions = versions;
    const days = versions.flatMap(({ spans }) => spans.flatMap(({ from, to }) => (to === null ? [from] : [from, to])));
    this.#days = [...new Set(days)].sort();
  }

  on(day: CivilDate): readonly Ruleset[] {
    const known = this.#listOn.get(day);
    if (known !== undefined) return known;
    const list = this.#listOf(this.#stretchOf(day), day);
    if (this.#listOn.size >= MOST_DAYS) this.#listOn.clear();
    this.#listOn.set(day, list);
    return list;
  }

  #listOf(stretch: number, day: CivilDate): readonly Ruleset[] {
    const known = this.#lists.get(stretch);
    if (known !== undefined) return known;
    const list = this.#versions.flatMap(({ spans }) => answering(spans, day) ?? []);
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size < MOST_LISTS) break;
      this.#lists.delete(oldest);
      this.#listOn.clear();
    }
    this.#lists.set(stretch, list);
    return list;
  }

  /** How many of the days lie on or before `day`. */
  #stretchOf(day: CivilDate): number {
    let [low, high] = [0, this.#days.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Few days are asked for again and again; the others are worked out anew. */
const MOST_LISTS = 64;
const MOST_DAYS = 4096;

interface Versions {
  readonly ascending: readonly Ruleset[];
  readonly spans: readonly Span[];
}

const none: Versions = { ascending: [], spans: [] };

/** The days of each version, the lowest version first. An empty span (from = to) is a version that never answers. */
export function spansInForce(versions: readonly Ruleset[]): Span[] {
  const ascending = versions.toSorted((a, b) => a.version - b.version);
  return ascending.map((ruleset, index) => {
    const { from, to } = ruleset.effective;
    const ends = ascending
      .slice(index + 1)
      .map((higher) => higher.effective.from)
      .filter((start) => start >= from);
    if (to !== null) ends.push(to);
    return { ruleset, from, to: ends.length === 0 ? null : ends.reduce((a, b) => (a < b ? a : b)) };
  });
}

/** The first days of `span` that none of `spans` covers, or undefined when they cover it whole. */
export function firstUncovered(span: Omit<Span, 'ruleset'>, spans: readonly Span[]): Omit<Span, 'ruleset'> | undefined {
  let { from } = span;
  for (const each of spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    if (span.to !== null && from >= span.to) return undefined;
    if (each.from > from) break;
    if (each.to === null) return undefined;
    if (each.to > from) from = each.to;
  }
  return span.to !== null && from >= span.to ? undefined : { from, to: span.to };
}

function answering(spans: readonly Span[], on: CivilDate): Ruleset | undefined {
  for (let at = spans.length - 1; at >= 0; at -= 1) {
    const span = spans[at]!;
    if (span.from <= on && (span.to === null || on < span.to)) return span.ruleset;
  }
  return undefined;
}

function byKindAndId(rulesets: readonly Ruleset[]): Map<RulesetKind, Map<string, Versions>> {
  const kinds = new Map<RulesetKind, Map<string, Versions>>();
  const sorted = rulesets.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const [kind, ofKind] of Map.groupBy(sorted, (ruleset) => ruleset.kind)) {
    const ids = new Map<string, Versions>();
    for (const [id, versions] of Map.groupBy(ofKind, (ruleset) => ruleset.id)) {
      const spans = spansInForce(versions);
      ids.set(id, { ascending: spans.map((span) => span.ruleset), spans });
    }
    kinds.set(kind, ids);
  }
  return kinds;
}
