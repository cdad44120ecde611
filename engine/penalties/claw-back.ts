/**
 * Which discounts are claimed back from one who leaves early? Also called: claw-back, 割引の返還, 早期解約時の返金請求.
 * 12,600 taken off, left after 4 of 6 months: all of it, or in proportion 12,600 × 2 ÷ 6 = 4,200.
 */
import type { CampaignRuleset, ClawbackBase } from '#schemas/generated/types.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { contains } from '#engine/calendar/period.ts';
import { completeMonths } from '#engine/calendar/term.ts';
import { dividedBy, fromInteger, ONE, times, toText } from '#engine/money/exact.ts';
import { minorToText, textToMinor } from '#engine/money/money.ts';
import {
  addLine,
  amountOf,
  identityOf,
  roundAmount,
  type BillDraft,
  type ProductInPeriod,
} from '#engine/billing/draft.ts';
import { joinedCampaigns, type JoinedCampaign } from '#engine/discounts/joined-campaigns.ts';

type Clawback = NonNullable<CampaignRuleset['body']['clawback']>;

/** Charges what is claimed back, and leaves in the draft what may still be: as long as the product could leave early. */
export function clawBack(draft: BillDraft): void {
  const isOwn = (base: ClawbackBase): boolean => draft.products.some(({ product }) => product.id === base.product);
  const kept: ClawbackBase[] = draft.clawbacksBefore.filter((base) => !isOwn(base));
  for (const product of draft.products) {
    for (const joined of joinedCampaigns(draft, product)) {
      const { clawback } = joined.ruleset.body;
      if (clawback === undefined) continue;
      const base = soFar(draft, product, joined);
      if (base.minor > 0n && !claim(draft, product, joined, clawback, base.minor)) {
        if (mayStillLeaveEarly(draft, product, joined, clawback)) kept.push(base.state);
      }
    }
  }
  draft.clawbacksAfter = kept;
}

/** What the campaign has taken off the product, this bill included. */
function soFar(draft: BillDraft, { product }: ProductInPeriod, { ruleset }: JoinedCampaign) {
  const { currency } = draft.cycle.body;
  const before = draft.clawbacksBefore.find((base) => base.product === product.id && base.campaign === ruleset.id);
  const now = draft.lines
    .filter((line) => line.product === product.id && line.ruleset.kind === 'campaign' && line.ruleset.id === ruleset.id)
    .reduce((sum, line) => sum - line.amount, 0n);
  const minor = now + (before === undefined ? 0n : textToMinor(before.amount, currency));
  const state: ClawbackBase = {
    product: product.id,
    campaign: ruleset.id,
    version: ruleset.version,
    amount: minorToText(minor, currency),
  };
  return { minor, state };
}

const monthsServed = (joined: JoinedCampaign, until: CivilDate): number =>
  Math.max(0, completeMonths(joined.from, until));

function mayStillLeaveEarly(
  draft: BillDraft,
  { product }: ProductInPeriod,
  joined: JoinedCampaign,
  clawback: Clawback,
): boolean {
  const hasLeft = product.endsOn !== null && product.endsOn <= draft.period.end;
  return !hasLeft && monthsServed(joined, draft.period.end) < clawback.withinMonths;
}

/** True when the product leaves early in this period, and the claim has been charged. */
function claim(
  draft: BillDraft,
  { product }: ProductInPeriod,
  joined: JoinedCampaign,
  clawback: Clawback,
  minor: bigint,
): boolean {
  const { endsOn } = product;
  if (endsOn === null || !contains(draft.period, addDays(endsOn, -1))) return false;
  const served = monthsServed(joined, endsOn);
  if (served >= clawback.withinMonths) return false;
  const base = amountOf(draft, minor);
  const left = clawback.withinMonths - served;
  const worked =
    clawback.recover === 'all' ? base : dividedBy(times(base, fromInteger(left)), fromInteger(clawback.withinMonths));
  const line = addLine(draft, {
    product: product.id,
    charge: `${joined.ruleset.id}-clawback`,
    name: joined.ruleset.name,
    phase: 'terminationCharges',
    ruleset: identityOf(joined.ruleset),
    row: '/body/clawback',
    target: null,
    servicePeriod: { start: addDays(endsOn, -1), end: endsOn },
    quantity: ONE,
    unitPrice: null,
    base,
    exact: worked,
    amount: roundAmount(draft, worked, draft.rounding.body.line),
    taxCategory: clawback.taxCategory,
    taxIncluded: false,
    why: {
      code: `line.clawback.${clawback.recover}`,
      values: { base: toText(base), left: String(left), months: String(clawback.withinMonths) },
    },
  });
  draft.trace.line(line.id, line.why);
  return true;
}
