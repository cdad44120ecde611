/**
 * Which campaign is meant, and by which of its versions is it judged today?
 * The one in force; of one that is over or has not begun, the latest. Also called: campaign look-up, キャンペーンの版.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** Refused with `campaign-unknown`. */
export function campaignIn(release: Release, id: string, today: CivilDate): RulesetOf<'campaign'> {
  const found =
    release.inForce('campaign', id, today) ??
    release.rulesets
      .filter((ruleset) => ruleset.kind === 'campaign')
      .filter((ruleset) => ruleset.id === id)
      .toSorted((a, b) => b.version - a.version)[0];
  if (found === undefined) throw new Refusal('campaign-unknown', { campaign: id }, 404);
  return found;
}
