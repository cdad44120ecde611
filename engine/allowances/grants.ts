/**
 * Which allowances does a product bring into a period? Also called: included units, 無料通話, データ容量, 付与.
 */
import type { Allowance, RatePlanRuleset } from '#schemas/generated/types.ts';
import { monthOfDate, monthsLater, periodOfMonth, type Closing, type Section } from '#engine/calendar/billing-cycle.ts';
import { contains, type Period } from '#engine/calendar/period.ts';
import { exact, type Exact } from '#engine/money/exact.ts';
import { ofMonths } from '#engine/proration/proration.ts';
import type { Part } from '#engine/billing/draft.ts';
import type { Bucket } from './bucket.ts';

interface Holder {
  readonly id: string;
  readonly account: string;
  readonly startsOn: string;
  readonly parts: readonly Part[];
}

interface Granting {
  readonly period: Period;
  readonly sections: readonly Section[];
  readonly closing: Closing;
}

/**
 * The buckets granted in `period`: the month's from the first day of each plan in it, others on the first day of service.
 * Where the version of a plan changes within the month, what is granted whole is granted once, as the version held last says.
 */
export function grantedIn({ period, sections, closing }: Granting, holder: Holder): readonly Bucket[] {
  const byPlan = Map.groupBy(holder.parts, (part) => part.plan);
  return [...byPlan.entries()].flatMap(([plan, parts]) =>
    (plan.body.allowances ?? []).flatMap((rule, index): Bucket[] => {
      const isWholeMonth = rule.granted === 'monthly' && rule.partMonth === 'whole';
      if (isWholeMonth && holder.parts.some((part) => isLaterVersion(part.plan, plan, rule))) return [];
      const ofPlan = isWholeMonth ? holder.parts.filter((part) => part.plan.id === plan.id) : parts;
      const first = ofPlan[0]?.period.start ?? period.start;
      const common = { pool: poolOf(rule, holder), grantedBy: holder.id, rule, plan, row: `/body/allowances/${index}` };
      if (rule.granted === 'monthly') {
        return [
          {
            ...common,
            kind: 'monthly',
            grantedOn: first,
            expiresOn: period.end,
            left: amountFor(rule, parts, sections),
          },
        ];
      }
      if (!contains(period, holder.startsOn) || first !== holder.startsOn) return [];
      return [
        {
          ...common,
          kind: 'topUp',
          grantedOn: first,
          expiresOn: expiry(rule, first, closing),
          left: exact(rule.amount),
        },
      ];
    }),
  );
}

const isLaterVersion = (other: RatePlanRuleset, plan: RatePlanRuleset, { id }: Allowance): boolean =>
  other.id === plan.id &&
  other.version > plan.version &&
  other.body.allowances?.some((allowance) => allowance.id === id) === true;

/** Who may draw on it: `product:P-1`, `account:A-1`, or `group`. */
function poolOf(rule: Allowance, holder: { readonly id: string; readonly account: string }): string {
  switch (rule.sharedBy) {
    case 'product':
      return `product:${holder.id}`;
    case 'account':
      return `account:${holder.account}`;
    case 'group':
      return 'group';
  }
}

function amountFor({ amount, partMonth }: Allowance, parts: readonly Part[], sections: readonly Section[]): Exact {
  if (partMonth !== 'byDay') return exact(amount);
  return ofMonths(
    amount,
    parts.map(({ period }) => period),
    sections,
  );
}

function expiry(rule: Allowance, grantedOn: string, closing: Closing): string | null {
  if (rule.validMonths === undefined) return null;
  return periodOfMonth(monthsLater(monthOfDate(grantedOn, closing), rule.validMonths - 1), closing).end;
}
