/**
 * Against which months does a bill price a monthly charge whose closing day has changed?
 * A shorter period is so many days of the regular one; a longer one is the rest of an earlier month, and the month. A charge may
 * also be one month's price a bill, however long the bill's period. Also called: short and long period, 締め日変更月の日割.
 */
import type { Sentence } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { overlap } from '#engine/calendar/period.ts';
import type { BillDraft, Part, ProductInPeriod } from '#engine/billing/draft.ts';
import type { MonthlyCharge } from './monthly-parts.ts';

export interface SectionOfBill {
  readonly draft: BillDraft;
  readonly product: ProductInPeriod;
}

/** The bill and the product themselves, unless the period is no regular one. */
export function sectionsFor(
  draft: BillDraft,
  product: ProductInPeriod,
  { proration }: MonthlyCharge,
): readonly SectionOfBill[] {
  const { period, base, sections } = draft;
  if (sections.length === 1 && base === period) return [{ draft, product }];
  if (proration.move === 'full') return [{ draft: { ...draft, base: period }, product }];
  // Kept over both sections, and over the plans that follow one another in them.
  draft.monthUsed ??= new Map();
  return sections.map((section) => ({
    draft: { ...draft, period: section.period, base: section.of },
    product: { ...product, parts: product.parts.flatMap((part) => within(part, section.period)) },
  }));
}

function within(part: Part, section: Part['period']): readonly Part[] {
  const shared = overlap(section, part.period);
  return shared === undefined ? [] : [{ ...part, period: shared }];
}

/** For the trace of a line: of which regular period its days are, where that is not the bill's own. */
export function regularStep({ period, base }: BillDraft): readonly Sentence[] {
  if (base.start === period.start && base.end === period.end) return [];
  return [{ code: 'trace.period.regular', values: { start: base.start, lastDay: addDays(base.end, -1) } }];
}
