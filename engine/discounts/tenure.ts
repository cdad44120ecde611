/**
 * What does staying long earn? Also called: loyalty discount, tenure ladder, 契約年数割引, 長期割引.
 * On 3,000 with 5 % from the 2nd contract year: the 2nd year begins in month 13, and 2,850 are paid.
 */
import type { CivilDate, TenureDiscountRuleset } from '#schemas/generated/types.ts';
import { addDays, addMonths, firstOfMonth } from '#engine/calendar/civil-date.ts';
import { contractYear } from '#engine/calendar/term.ts';
import { identityOf, type BillDraft, type ProductInPeriod } from '#engine/billing/draft.ts';
import { preparedBy } from '#engine/rulesets/prepared.ts';
import { isEligible } from '#engine/billing/facts-of-part.ts';
import { figureOf } from './effect.ts';
import { grantedTo, type Granted, type Terms } from './granted.ts';

export function tenureDiscounts(draft: BillDraft): readonly Granted[] {
  const granted: Granted[] = [];
  for (const ruleset of draft.group.release.allInForce('tenureDiscount', draft.period.start)) {
    for (const product of draft.products) {
      const part = product.parts.at(-1);
      if (part === undefined || !isEligible(draft, product.product, part, ruleset.body.eligibility)) continue;
      const [terms] = termsOf(ruleset, yearOf(draft, ruleset.body, product));
      if (terms !== undefined) granted.push(grantedTo(product.product.id, terms));
    }
  }
  return granted;
}

/** What the contract year has earned, if anything. */
const termsOf = preparedBy((ruleset: TenureDiscountRuleset, year: number): readonly Terms[] => {
  const { id, name, body } = ruleset;
  const index = body.steps.findLastIndex((step) => step.fromYear <= year);
  const step = body.steps[index];
  if (step === undefined) return [];
  return [
    {
      ruleset: identityOf(ruleset),
      row: `/body/steps/${index}`,
      priority: 0,
      permanent: true,
      stacking: undefined,
      discount: {
        id,
        name,
        effect: step.effect,
        target: body.target,
        ...(body.base === undefined ? {} : { base: body.base }),
        ...(body.rounding === undefined ? {} : { rounding: body.rounding }),
      },
      why: { code: `line.discount.tenure.${step.effect.op}`, values: { year: String(year), ...figureOf(step.effect) } },
    },
  ];
});

/** The contract year on the day of judgement; before the first day of service it is the first. */
function yearOf(draft: BillDraft, body: TenureDiscountRuleset['body'], product: ProductInPeriod): number {
  const began = product.product.tenureFrom ?? product.product.startsOn;
  const anchor = anchorOf(body.countedFrom, began);
  const judged: CivilDate = body.judgedOn === 'periodStart' ? draft.period.start : addDays(draft.period.end, -1);
  return judged < anchor ? 1 : contractYear(anchor, judged);
}

function anchorOf(countedFrom: TenureDiscountRuleset['body']['countedFrom'], began: CivilDate): CivilDate {
  const first = firstOfMonth(began);
  if (countedFrom === 'startDay') return began;
  return countedFrom === 'startMonth' || first === began ? first : addMonths(first, 1);
}
