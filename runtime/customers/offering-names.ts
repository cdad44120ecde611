/**
 * What is an offering called, and which plans price it?
 * Also called: product name, 商品名.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Localized, OfferingRuleset } from '#schemas/generated/types.ts';

export type OfferingNamed = {
  readonly id: string;
  readonly name: Localized;
  readonly service: string;
  /** Of any of its versions. */
  readonly plans: readonly string[];
};

/** Every offering there ever was, by id, as it is called on the day `on`. */
export function offeringNames(release: Release, on: CivilDate): OfferingNamed[] {
  const ids = [...new Set(release.rulesets.flatMap(({ kind, id }) => (kind === 'offering' ? [id] : [])))].sort();
  return ids.map((id) => {
    const { name, body } = offeringOn(release, id, on)!;
    return {
      id,
      name,
      service: body.service,
      plans: [...new Set(release.versions('offering', id).map((version) => version.body.ratePlan))],
    };
  });
}

/** The offering as it is on a day; before its first day and after its last, its latest version. */
export function offeringOn(release: Release, id: string, on: CivilDate): OfferingRuleset | undefined {
  return release.inForce('offering', id, on) ?? release.versions('offering', id).at(-1);
}

/** The name of an offering; its id where the release does not know it. */
export function nameOfOffering(release: Release, id: string, on: CivilDate): Localized {
  return offeringOn(release, id, on)?.name ?? { ja: id, en: id };
}
