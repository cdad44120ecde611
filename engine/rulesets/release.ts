/**
 * Which version of a ruleset answers on a given day?
 * Also called: release, version in force, effective dating, リリース, 有効な版, 適用開始日.
 *
 * A version is in force from its `from` until the earlier of its own `to` and the `from` of any higher version that
 * starts on that day or later. Where two would still answer, the higher version does. (The reasons: README.md.)
 */
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
  /** Whatever of the kind is in force on the day, in order of id. */
  allInForce<K extends RulesetKind>(kind: K, on: CivilDate): readonly RulesetOf<K>[];
}

/** A version and the days on which it would answer; `to` is the first day that it no longer does. */
export interface Span {
  readonly ruleset: Ruleset;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export function prepareRelease(rulesets: readonly Ruleset[]): Release {
  const kinds = byKindAndId(rulesets);
  const spansOf = (kind: RulesetKind, id: string): readonly Span[] => kinds.get(kind)?.get(id) ?? [];
  return {
    rulesets,
    inForce: <K extends RulesetKind>(kind: K, id: string, on: CivilDate) =>
      answering(spansOf(kind, id), on) as RulesetOf<K> | undefined,
    version: <K extends RulesetKind>(kind: K, id: string, version: number) =>
      spansOf(kind, id).find((span) => span.ruleset.version === version)?.ruleset as RulesetOf<K> | undefined,
    versions: <K extends RulesetKind>(kind: K, id: string) =>
      spansOf(kind, id).map((span) => span.ruleset) as unknown as RulesetOf<K>[],
    allInForce: <K extends RulesetKind>(kind: K, on: CivilDate) =>
      [...(kinds.get(kind)?.values() ?? [])]
        .map((spans) => answering(spans, on))
        .filter((ruleset) => ruleset !== undefined) as RulesetOf<K>[],
  };
}

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

function answering(spans: readonly Span[], on: CivilDate): Ruleset | undefined {
  return spans.findLast((span) => span.from <= on && (span.to === null || on < span.to))?.ruleset;
}

function byKindAndId(rulesets: readonly Ruleset[]): Map<RulesetKind, Map<string, Span[]>> {
  const kinds = new Map<RulesetKind, Map<string, Span[]>>();
  const sorted = rulesets.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const [kind, ofKind] of Map.groupBy(sorted, (ruleset) => ruleset.kind)) {
    const ids = Map.groupBy(ofKind, (ruleset) => ruleset.id);
    kinds.set(kind, new Map([...ids].map(([id, versions]) => [id, spansInForce(versions)])));
  }
  return kinds;
}
