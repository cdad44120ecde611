/**
 * May what a customer owes for leaving be asked? Here all that comes together for one product is seen, with the discounts
 * that this customer has. Also called: bill-time check, R2, R7, R8, 解約時の請求の確認.
 */
import type { ComplianceProfileRuleset, ComplianceRule } from '#schemas/generated/types.ts';
import { amountOf, type BillDraft, type Line, type Part, type ProductInPeriod } from '#engine/billing/draft.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { customerOn } from '#engine/facts/customer-on.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { compare, exact, least, toText, ZERO, type Exact } from '#engine/money/exact.ts';
import { oneMonthsCharge } from '#engine/penalties/one-months-charge.ts';
import { withdrawalOf, type Withdrawal } from './withdrawal-limits.ts';

/** Looks at the termination lines of a product that ends, under the profiles of the day on which the contract was made. */
export function assertLawfulExit(draft: BillDraft, product: ProductInPeriod, part: Part): void {
  const lines = draft.lines.filter(
    (line) => line.phase === 'terminationCharges' && line.product === product.product.id,
  );
  if (lines.length === 0) return;
  const { appliedOn } = product.product;
  for (const profile of draft.group.release.allInForce('complianceProfile', appliedOn)) {
    if (!concerns(profile, draft, part, appliedOn)) continue;
    for (const rule of profile.body.rules) {
      if (rule.from > appliedOn || (rule.to !== null && rule.to <= appliedOn)) continue;
      const counted = lines.filter((line) => isCounted(rule, line));
      const amount = amountOf(
        draft,
        counted.reduce((sum, line) => sum + line.amount, 0n),
      );
      const withdrawal = rule.rule === 'withdrawal' ? withdrawalOf(product.product, rule) : undefined;
      if (withdrawal?.in === 'late') tellOfLateness(draft, product.product.id, rule, withdrawal);
      const limit = withdrawal?.in === 'time' ? ZERO : limitOf(rule, () => oneMonth(draft, product, part));
      if (limit === undefined || compare(amount, limit) <= 0) continue;
      const values = { product: product.product.id, amount: toText(amount), limit: toText(limit) };
      if (withdrawal === undefined) tell(draft, rule, 'exit', values);
      else tell(draft, rule, 'withdrawal', { ...values, received: withdrawal.received, lastDay: withdrawal.lastDay });
    }
  }
}

/** Law protects whoever was a consumer when the contract was made. */
function concerns(
  { body }: ComplianceProfileRuleset,
  draft: BillDraft,
  { offering }: Part,
  appliedOn: CivilDate,
): boolean {
  if (body.services !== undefined && !body.services.includes(offering.body.service)) return false;
  if (body.offerings !== undefined && !body.offerings.includes(offering.id)) return false;
  return body.customers === 'everyone' || customerOn(draft.group.document.customer, appliedOn).type === 'individual';
}

/** What is left of a price that is paid off month by month is no penalty, and so is no discount given back; one who withdraws owes neither. */
const isCounted = ({ rule }: ComplianceRule, { ruleset, why }: Line): boolean =>
  rule === 'withdrawal'
    ? why.code !== 'line.penalty.remainder'
    : ruleset.kind === 'penalty' && why.code !== 'line.penalty.remainder';

function limitOf(rule: ComplianceRule, month: () => Exact): Exact | undefined {
  switch (rule.rule) {
    case 'penalty':
      return least(exact(rule.amount), month());
    case 'exitCharge':
      return month();
    default:
      return undefined;
  }
}

/** The list price of a month less permanent discounts, of all that is charged monthly. */
function oneMonth(draft: BillDraft, { product }: ProductInPeriod, part: Part): Exact {
  const charges = part.plan.body.charges.map(({ id }) => id);
  return oneMonthsCharge(draft, product.id, part, charges);
}

const codes = {
  exit: { stops: 'exit-beyond-the-law', notes: 'trace.law.exit' },
  withdrawal: { stops: 'withdrawal-beyond-the-law', notes: 'trace.law.withdrawal' },
} as const;

function tell(
  draft: BillDraft,
  { severity, law, from }: ComplianceRule,
  limit: keyof typeof codes,
  values: Readonly<Record<string, string>> & { product: string },
): void {
  const said = { ...values, lawJa: law.ja, lawEn: law.en, since: from };
  if (severity === 'error') throw new BillingProblem(codes[limit].stops, `/products/${values.product}`, said);
  draft.trace.note(codes[limit].notes, said);
}

/** Who withdraws too late leaves as anybody does: the other limits hold. */
function tellOfLateness(
  draft: BillDraft,
  product: string,
  { law }: ComplianceRule,
  { received, lastDay }: Withdrawal,
): void {
  draft.trace.note('trace.law.withdrawalLate', { product, received, lastDay, lawJa: law.ja, lawEn: law.en });
}
