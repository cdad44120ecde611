/**
 * What is the least and the most one charge costs in a period? Usage of 720 with a minimum of 1,000 gains a top-up of 280.
 * A charge may have several lines, a row of its table each, or a version of its plan: they are judged together.
 */
import type { Charge } from '#schemas/generated/types.ts';
import { days } from '#engine/calendar/period.ts';
import { wholeNumberIn } from '#engine/conditions/decimal-bound.ts';
import { allocate } from '#engine/money/allocate.ts';
import { exact, ONE, toText, type Exact } from '#engine/money/exact.ts';
import { byDays, ofMonths } from '#engine/proration/proration.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { addLine, amountOf, roundAmount, type BillDraft, type Line } from '#engine/billing/draft.ts';
import { sumLeft } from './top-up-and-relief.ts';

export function boundLines(draft: BillDraft, judgedOn: 'list' | 'net'): void {
  const bounded = boundedCharges(draft.group.release)[judgedOn];
  if (bounded.size === 0) return;
  const charged: Line[] = [];
  for (const line of draft.lines) {
    if (line.phase === 'listCharges' && bounded.has(line.charge) && draft.waited?.has(line) !== true)
      charged.push(line);
  }
  const [only] = charged;
  if (only === undefined) return;
  if (charged.length === 1) return boundCharge(draft, charged, only, judgedOn);
  for (const lines of Map.groupBy(charged, (line) => chargeAndPeriodOf(draft, line)).values()) {
    const last = lines.at(-1);
    if (last !== undefined) boundCharge(draft, lines, last, judgedOn);
  }
}

interface BoundedCharges {
  readonly list: ReadonlySet<string>;
  readonly net: ReadonlySet<string>;
}

/** The ids of charges that are bounded in some plan, by what they are judged on: lines of others need no look. */
const boundedCharges = preparedOnce(({ rulesets }: Release): BoundedCharges => {
  const charges = rulesets.flatMap((ruleset) => (ruleset.kind === 'ratePlan' ? ruleset.body.charges : []));
  const judgedOn = (on: 'list' | 'net'): ReadonlySet<string> => {
    const bounded = charges.filter((charge) => 'bounds' in charge && (charge.bounds?.judgedOn ?? 'list') === on);
    return new Set(bounded.map(({ id }) => id));
  };
  return { list: judgedOn('list'), net: judgedOn('net') };
});

/** What arrived late belongs to a month of its own. */
const chargeAndPeriodOf = (draft: BillDraft, line: Line): string => {
  const { start } = isLate(draft, line) ? line.servicePeriod : draft.period;
  return [line.product, line.ruleset.kind, line.ruleset.id, line.charge, start].join(' ');
};

const isLate = (draft: BillDraft, line: Line): boolean => line.servicePeriod.end <= draft.period.start;

/** The version of the plan behind the last of the lines says what the bounds are. */
function boundCharge(draft: BillDraft, lines: readonly Line[], last: Line, judgedOn: 'list' | 'net'): void {
  const charge = chargeBehind(draft, last);
  const bounds = charge !== undefined && 'bounds' in charge ? charge.bounds : undefined;
  if (charge === undefined || bounds === undefined || (bounds.judgedOn ?? 'list') !== judgedOn) return;
  const limit = (amount: string): bigint => {
    const owed = bounds.prorated === true ? partOf(draft, amount, lines) : exact(amount);
    return roundAmount(draft, owed, charge.rounding ?? draft.rounding.body.line);
  };
  // The minimum of a month that was billed before has been paid.
  if (bounds.minimum !== undefined && !isLate(draft, last)) raise(draft, lines, last, limit(bounds.minimum), judgedOn);
  if (bounds.cap !== undefined) lower(draft, lines, limit(bounds.cap), judgedOn);
}

/** Lines of one table cover the same days: those count once. What arrived late is of a period that was regular, or may pass for it. */
function partOf(draft: BillDraft, amount: string, lines: readonly Line[]): Exact {
  const periods = new Map(lines.map(({ servicePeriod }) => [servicePeriod.start, servicePeriod]));
  const served = [...periods.values()];
  if (!lines.some((line) => isLate(draft, line))) return ofMonths(amount, served, draft.sections);
  return byDays(
    exact(amount),
    served.reduce((sum, period) => sum + days(period), 0),
    days(draft.base),
  );
}

function chargeBehind(draft: BillDraft, line: Line): Charge | undefined {
  if (line.ruleset.kind !== 'ratePlan') return undefined;
  const plan = draft.group.release.version('ratePlan', line.ruleset.id, line.ruleset.version);
  return plan?.body.charges[chargeIndexOf(line.row)];
}

/** Of '/body/charges/3/price/tiers/0' it is 3. */
function chargeIndexOf(row: string): number {
  const end = row.indexOf('/', CHARGES.length);
  return wholeNumberIn(row.slice(CHARGES.length, end === -1 ? row.length : end));
}

const CHARGES = '/body/charges/';

function raise(draft: BillDraft, lines: readonly Line[], last: Line, minimum: bigint, judgedOn: 'list' | 'net'): void {
  const before = sumLeft(lines);
  if (before < minimum) add(draft, last, minimum - before, { which: 'minimum', before, limit: minimum, judgedOn });
}

/** Each line is relieved in proportion to what is left of it; the reliefs re-add exactly. */
function lower(draft: BillDraft, lines: readonly Line[], cap: bigint, judgedOn: 'list' | 'net'): void {
  const before = sumLeft(lines);
  if (before <= cap) return;
  const shares = allocate(
    before - cap,
    lines.map((line) => line.left),
  );
  lines.forEach((line, index) => {
    const share = shares[index] ?? 0n;
    if (share !== 0n) add(draft, line, -share, { which: 'cap', before, limit: cap, judgedOn });
  });
}

interface Bound {
  readonly which: 'minimum' | 'cap';
  readonly before: bigint;
  readonly limit: bigint;
  readonly judgedOn: 'list' | 'net';
}

function add(draft: BillDraft, target: Line, amount: bigint, { which, before, limit, judgedOn }: Bound): void {
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
