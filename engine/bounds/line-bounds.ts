/**
 * What is the least and the most one charge costs in a period? Usage of 720 with a minimum of 1,000 gains a top-up of 280.
 */
import type { Charge } from '#schemas/generated/types.ts';
import { days } from '#engine/calendar/period.ts';
import { ONE, toText } from '#engine/money/exact.ts';
import { byDays } from '#engine/proration/proration.ts';
import { addLine, amountOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';

export function boundLines(draft: BillDraft, judgedOn: 'list' | 'net'): void {
  for (const line of [...draft.lines]) {
    if (line.phase !== 'listCharges') continue;
    const charge = chargeBehind(draft, line);
    const bounds = charge !== undefined && 'bounds' in charge ? charge.bounds : undefined;
    if (charge === undefined || bounds === undefined || (bounds.judgedOn ?? 'list') !== judgedOn) continue;
    const limit = (amount: string): bigint => {
      const [served, whole] = [days(line.servicePeriod), days(draft.period)];
      const exact = bounds.prorated === true ? byDays(amount, served, whole) : byDays(amount, whole, whole);
      return roundAmount(draft, exact, charge.rounding ?? draft.rounding.body.line);
    };
    // What arrived late belongs to a month whose minimum has been paid.
    const isLate = line.servicePeriod.end <= draft.period.start;
    if (bounds.minimum !== undefined && !isLate) raise(draft, line, limit(bounds.minimum), judgedOn);
    if (bounds.cap !== undefined) lower(draft, line, limit(bounds.cap), judgedOn);
  }
}

function chargeBehind(draft: BillDraft, line: Line): Charge | undefined {
  if (line.ruleset.kind !== 'ratePlan') return undefined;
  const plan = draft.group.release.version('ratePlan', line.ruleset.id, line.ruleset.version);
  return plan?.body.charges[chargeIndexOf(line.row)];
}

const chargeIndexOf = (row: string): number => Number(row.split('/')[3]);

function raise(draft: BillDraft, line: Line, minimum: bigint, judgedOn: 'list' | 'net'): void {
  if (line.left < minimum) boundLine(draft, line, 'minimum', minimum, judgedOn);
}

function lower(draft: BillDraft, line: Line, cap: bigint, judgedOn: 'list' | 'net'): void {
  if (line.left > cap) boundLine(draft, line, 'cap', cap, judgedOn);
}

function boundLine(
  draft: BillDraft,
  target: Line,
  which: 'minimum' | 'cap',
  limit: bigint,
  judgedOn: 'list' | 'net',
): void {
  const before = target.left;
  const amount = limit - before;
  const added = addLine(draft, {
    product: target.product,
    charge: `${target.charge}-${which}`,
    name: target.name,
    phase: judgedOn === 'list' ? 'boundsOnList' : 'boundsOnNet',
    ruleset: target.ruleset,
    row: `/body/charges/${chargeIndexOf(target.row)}/bounds/${which}`,
    target,
    servicePeriod: target.servicePeriod,
    quantity: ONE,
    unitPrice: null,
    base: amountOf(draft, before),
    exact: amountOf(draft, amount),
    amount,
    taxCategory: target.taxCategory,
    taxIncluded: target.taxIncluded,
    why: {
      code: `line.bound.${which}`,
      values: { limit: toText(amountOf(draft, limit)), before: toText(amountOf(draft, before)), judgedOn },
    },
  });
  draft.trace.line(added.id, added.why);
}
