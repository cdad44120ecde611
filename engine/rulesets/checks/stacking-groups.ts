/**
 * Do the discounts of a group, of which only one holds, have a rival and one way to choose?
 * Also called: stacking, exclusive discounts, 併用不可グループ、割引の選び方.
 */
import type { BundleDiscountRuleset, CampaignRuleset } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { mayMeet } from './discounts.ts';

type Member = CampaignRuleset | BundleDiscountRuleset;

export const checkStackingGroups: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'campaign' && ruleset.kind !== 'bundleDiscount') return;
  const { stacking, discounts } = ruleset.body;
  if (stacking === undefined) return;
  const { group, policy } = stacking;
  if (discounts.length === 0) {
    report('setting-without-effect', '/body/stacking', { setting: 'stacking', needs: 'discounts' });
    return;
  }
  const others = othersOf(ruleset, group, known);
  if (others.length === 0 && known.isWhole('campaign', 'bundleDiscount'))
    report('stacking-group-alone', '/body/stacking/group', { group });
  // Members that disagree take the best for the customer, whatever one of them says.
  const other = others.find(
    (each) => policy === 'exclusive' && each.body.stacking?.policy !== policy && mayMeet(each, ruleset, known),
  );
  if (other !== undefined) report('stacking-policies-differ', '/body/stacking/policy', { group, other: nameOf(other) });
};

/** The other rulesets of the group, in every version. */
const othersOf = (ruleset: Member, group: string, known: Known): readonly Member[] =>
  [...known.ofKind('campaign'), ...known.ofKind('bundleDiscount')].filter(
    (each) => nameOf(each) !== nameOf(ruleset) && each.body.stacking?.group === group,
  );

const nameOf = ({ kind, id }: Member): string => `${kind}/${id}`;
