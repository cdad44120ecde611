/**
 * Does an offering ask for itself, by way of others? Neither of two that require each other can be ordered first.
 * Also called: circular reference, dependency cycle, 循環参照.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import type { OfferingRuleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';

/** Told of each offering of the circle, at the name that leads around it. */
export const checkReferenceCycles: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'offering') return;
  const { requires = [], withoutTerm } = ruleset.body;
  requires.forEach((id, index) => {
    const way = wayBack(id, ruleset.id, known, ({ body }) => body.requires ?? []);
    if (way !== undefined) report('reference-cycle', below('/body/requires', index), { id: ruleset.id, way });
  });
  const way =
    withoutTerm === undefined
      ? undefined
      : wayBack(withoutTerm, ruleset.id, known, ({ body }) =>
          body.withoutTerm === undefined ? [] : [body.withoutTerm],
        );
  if (way !== undefined) report('reference-cycle', '/body/withoutTerm', { id: ruleset.id, way });
};

/** The offerings from one to the other, both named, the shortest way; undefined where none leads there, or the two are one. */
function wayBack(
  from: string,
  to: string,
  known: Known,
  next: (offering: OfferingRuleset) => readonly string[],
): string | undefined {
  if (from === to) return undefined;
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const id of cameFrom.keys()) {
    for (const { ruleset } of known.spans('offering', id)) {
      for (const each of next(ruleset as OfferingRuleset)) {
        if (cameFrom.has(each)) continue;
        cameFrom.set(each, id);
        if (each === to) return pathTo(to, cameFrom);
      }
    }
  }
  return undefined;
}

function pathTo(to: string, cameFrom: ReadonlyMap<string, string | null>): string {
  const way: string[] = [];
  for (let id: string | null = to; id !== null; id = cameFrom.get(id) ?? null) way.unshift(id);
  return way.join(' → ');
}
