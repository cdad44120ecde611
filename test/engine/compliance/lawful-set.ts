/** The sound set as a regulated operator's: one profile with every limit, kept to the yen. What tests bend until law is broken. */
import type { CampaignRuleset, Diagnostic, OfferingRuleset, RatePlanRuleset } from '#schemas/generated/types.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { recurring } from '../diagnostics/cases/provoke.ts';
import { soundSet, type SoundSet } from '../rulesets/sound-set.ts';

/** The day on which every limit comes into force: a year after the sound set begins. */
export const since = '2027-04-01';

const provision = {
  law: { ja: '電気通信事業法', en: 'Telecommunications Business Act' },
  source: 'Official gazette',
  from: since,
  to: null,
  severity: 'error',
} as const;

export type LawfulSet = SoundSet & {
  profile: SoundSet['complianceProfile'];
  freePlan: RatePlanRuleset;
  free: OfferingRuleset;
  handset: RatePlanRuleset;
  deal: CampaignRuleset;
};

export function lawfulSet(): LawfulSet {
  const set = soundSet();
  delete recurring(set).bounds;
  // The same with and without a term, 170 yen apart: 3,000 bound and 3,170 free.
  const freePlan = structuredClone(set.ratePlan);
  freePlan.id = 'voice-free';
  recurring({ ...set, ratePlan: freePlan }).price = '3170';
  const free = structuredClone(set.phone);
  free.id = 'voice-free';
  free.body = { ...free.body, service: 'mobile', ratePlan: 'voice-free' };
  // A handset of 80,000, and 40,000 off it with a line.
  const handset: RatePlanRuleset = {
    ...set.ratePlan,
    id: 'handset',
    body: {
      charges: [
        { type: 'oneTime', id: 'handset', name: set.phone.name, on: 'start', price: '80000', taxCategory: 'standard' },
      ],
    },
  };
  set.phone.body.ratePlan = 'handset';
  const deal: CampaignRuleset = {
    ...set.campaign,
    id: 'handset-deal',
    body: {
      triggers: ['simultaneous'],
      window: { from: '2026-12-01', to: '2040-04-01' },
      duration: { months: 1, countedFrom: 'start' },
      discounts: [
        {
          id: 'handset-off',
          name: set.phone.name,
          effect: { op: 'amountOff', amount: '40000' },
          target: { charges: ['handset'], services: ['device'] },
        },
      ],
    },
  };
  set.offering.body.withoutTerm = 'voice-free';
  set.penalty.body.cap = '1000';
  set.penalty.body.waivedWhen = { any: [{ fact: 'product.endReason', operator: 'equal', value: 'withdrawal' }] };
  set.campaign.body.grant = 'required';
  set.campaign.body.limits = { perCustomer: 1 };
  set.campaign.body.window = { from: '2026-12-01', to: '2040-04-01' };
  delete set.campaign.body.eligibility;
  // 250 × 12 = 3,000: one month's charge.
  set.tenureDiscount.body.steps = [{ fromYear: 2, effect: { op: 'amountOff', amount: '250' } }];
  set.billingCycle.body.lateInterest = {
    name: { ja: '遅延損害金', en: 'Late interest' },
    annualPercent: '14.6',
    daysInYear: 365,
    rounding: { mode: 'down' },
  };
  const profile = set.complianceProfile;
  delete profile.body.offerings;
  for (const rule of profile.body.rules) Object.assign(rule, provision);
  return { ...set, profile, freePlan, free, handset, deal };
}

export function told(bend: (set: LawfulSet) => void): Diagnostic[] {
  const set = lawfulSet();
  bend(set);
  return checkRulesets([...new Set(Object.values(set))].map((document) => ({ document })));
}

/** What the diagnostics say of their provision, besides their own values. */
export const said = {
  lawJa: provision.law.ja,
  lawEn: provision.law.en,
  since,
  lawSource: provision.source,
};
