/**
 * To which version of its rate plan is a product bound? To the one in force on the day of its order; where a later one has
 * since come that leaves existing customers alone, they are said to keep it. Also called: grandfathering, 適用版, 旧料金の据え置き.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { DemoStretch } from './population.ts';

export type Plans = {
  readonly today: CivilDate;
  readonly bindingOf: (
    offering: string,
    orderedOn: CivilDate,
  ) => Pick<DemoStretch, 'offering' | 'ratePlanVersion' | 'boundBy'>;
};

/** Plans as of the release, looked at on `today`. Somebody who ordered before a plan began is bound to its first version. */
export function plansOf(release: Release, today: CivilDate): Plans {
  return {
    today,
    bindingOf: (offering, orderedOn) => {
      const plan = release.versions('offering', offering).at(-1)?.body.ratePlan;
      const versions = plan === undefined ? [] : release.versions('ratePlan', plan);
      const first = versions[0];
      if (plan === undefined || first === undefined) throw new RangeError(`${offering} is not sold`);
      const on = orderedOn < first.effective.from ? first.effective.from : orderedOn;
      const bound = release.inForce('ratePlan', plan, on) ?? first;
      const leftAlone = versions.some(
        ({ version, effective, existing }) =>
          version > bound.version && effective.from <= today && (existing?.mode ?? 'grandfather') === 'grandfather',
      );
      return { offering, ratePlanVersion: bound.version, boundBy: leftAlone ? 'grandfather' : 'order' };
    },
  };
}
