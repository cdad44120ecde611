/**
 * Is an offering that binds much cheaper than the same without a term, and is there one without?
 * Also called: R3, 期間拘束の有無による料金差、縛りなしプラン. 2,700 bound and 4,200 not is a gap of 1,500.
 */
import type { OfferingRuleset, PriceGapLimit, Ruleset, TermRuleset } from '#schemas/generated/types.ts';
import { compare, exact, minus, toText } from '#engine/money/exact.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import { monthlyCharge, monthlyChargesOf } from './monthly-charge.ts';
import { plansOf, shared, watchedOfferings, type Look, type Watched } from './watched.ts';

export function lookAtPriceGap(ruleset: Ruleset, look: Look<PriceGapLimit>): void {
  if (ruleset.kind !== 'offering') return;
  const own = watchedOfferings(look).find(({ offering }) => offering === ruleset);
  const terms = own === undefined ? [] : boundBy(own, look);
  if (own === undefined || terms.length === 0) return;
  const { withoutTerm } = ruleset.body;
  if (withoutTerm !== undefined) return lookAtGap(own, withoutTerm, look);
  const needsOne = terms.find(({ body }) => body.months > look.rule.alternativeAbove || body.renewal === 'sameTerm');
  if (needsOne !== undefined) {
    const values = { months: `${needsOne.body.months}`, limit: `${look.rule.alternativeAbove}` };
    look.report('law-no-offering-without-term', '/body/term', values);
  }
}

/** The terms that bind a customer who takes the offering on one of the days. */
function boundBy({ offering, days }: Watched, { known }: Look): readonly TermRuleset[] {
  return termIdsOf(offering).flatMap((id) =>
    known.spans('term', id).flatMap((span) => (shared(days, span) === undefined ? [] : [span.ruleset as TermRuleset])),
  );
}

function lookAtGap(own: Watched, withoutTerm: string, { rule, known, report }: Look<PriceGapLimit>): void {
  for (const { ruleset } of known.spans('offering', withoutTerm)) {
    const other = { offering: ruleset as OfferingRuleset, days: own.days };
    if (termIdsOf(other.offering).length > 0)
      return report('law-no-offering-without-term', '/body/withoutTerm', {
        months: '0',
        limit: `${rule.alternativeAbove}`,
      });
    for (const bound of plansOf(own, known)) {
      for (const free of plansOf({ ...other, days: bound.days }, known)) {
        const price = (plan: typeof free.plan) => monthlyCharge(monthlyChargesOf(plan), known, free.days.from);
        const gap = minus(price(free.plan), price(bound.plan));
        if (compare(gap, exact(rule.monthly)) <= 0) continue;
        return report('law-price-gap', '/body/withoutTerm', {
          other: withoutTerm,
          gap: toText(gap),
          limit: rule.monthly,
        });
      }
    }
  }
}
