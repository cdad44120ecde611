/**
 * From when to when has a product had an instalment charge? Its parts are counted from the plan that brought it, and leaving that
 * plan for one without it ends it as leaving service does. Also called: device instalment on a plan change, プラン変更時の分割残債.
 */
import type { InstalmentCharge, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Stretch } from '#engine/facts/timeline.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { BillDraft, ProductInPeriod } from '#engine/billing/draft.ts';
import { placesOf, type ChargePlace } from './place.ts';

export interface HeldInstalment {
  readonly from: CivilDate;
  /** The first day without it; null while it goes on. */
  readonly to: CivilDate | null;
}

/** The last stretch of days, up to the end of the period, in which the plans of the product had the charge. */
export function heldInstalment(draft: BillDraft, product: ProductInPeriod, id: string): HeldInstalment {
  const { startsOn, endsOn } = product.product;
  const { timeline } = product;
  if (timeline.length < 2) return { from: startsOn, to: endsOn };
  const runs: HeldInstalment[] = [];
  for (const { from, to, plan } of plansBehind(draft, timeline)) {
    if (from >= draft.period.end || plan?.body.charges.some(isInstalment(id)) !== true) continue;
    const before = runs.at(-1);
    if (before?.to === from) runs[runs.length - 1] = { from: before.from, to };
    else runs.push({ from, to });
  }
  return runs.at(-1) ?? { from: startsOn, to: endsOn };
}

/** What goes on although the plan that brought it has been left: instalments that none of `plans`, those of the period, has. */
export function instalmentsLeftBehind(
  draft: BillDraft,
  { timeline }: ProductInPeriod,
  plans: readonly RatePlanRuleset[],
): readonly ChargePlace<InstalmentCharge>[] {
  if (timeline.length < 2 || !someContinue(draft.group.release)) return none;
  const found = new Map<string, ChargePlace<InstalmentCharge>>();
  for (const { from, plan } of plansBehind(draft, timeline)) {
    if (plan === undefined || from >= draft.period.end) continue;
    for (const place of placesOf(plan))
      if (place.type === 'instalment' && place.charge.onEnd === 'continue') found.set(place.charge.id, place);
  }
  for (const plan of plans) for (const { id } of plan.body.charges) found.delete(id);
  return [...found.values()];
}

const none: readonly ChargePlace<InstalmentCharge>[] = [];

const isInstalment =
  (id: string) =>
  (charge: RatePlanRuleset['body']['charges'][number]): boolean =>
    charge.type === 'instalment' && charge.id === id;

/** Whether any plan has such a charge: most operators have none. */
const someContinue = preparedOnce(({ rulesets }: Release): boolean =>
  rulesets.some(
    (ruleset) =>
      ruleset.kind === 'ratePlan' &&
      ruleset.body.charges.some((charge) => charge.type === 'instalment' && charge.onEnd === 'continue'),
  ),
);

/** The plan with which each stretch began; contracts may be older than what is known of prices, and have the first that is. */
function plansBehind(
  { group: { release } }: BillDraft,
  timeline: readonly Stretch[],
): readonly (Pick<Stretch, 'from' | 'to'> & { readonly plan: RatePlanRuleset | undefined })[] {
  return timeline.map(({ from, to, offering, ratePlanVersion }) => {
    const sold = release.inForce('offering', offering, from) ?? release.versions('offering', offering)[0];
    const id = sold?.body.ratePlan;
    if (id === undefined) return { from, to, plan: undefined };
    const plan =
      ratePlanVersion === null
        ? (release.inForce('ratePlan', id, from) ?? release.versions('ratePlan', id)[0])
        : release.version('ratePlan', id, ratePlanVersion);
    return { from, to, plan };
  });
}
