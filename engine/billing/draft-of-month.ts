/**
 * What does a bill start from? Its days, the rules it is worked out by, and what earlier months have left behind.
 * Also called: opening of a bill run for an account, 請求計算の開始時点.
 */
import type { AccountFacts, AllowanceLeft, ClawbackBase, TraceNode, WaitingLines } from '#schemas/generated/types.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { noTrace, traceBelow } from '#engine/explain/trace.ts';
import { preparedBy, preparedOnce } from '#engine/rulesets/prepared.ts';
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import { calendarOf } from './account-calendar.ts';
import type { Correction } from './corrections.ts';
import type { BillDraft, Group } from './draft.ts';
import { BillingProblem } from './problem.ts';

/** What a period finds: what earlier ones have left behind, and what they owe each other. */
export interface Before {
  readonly allowances: readonly AllowanceLeft[];
  readonly clawbacks: readonly ClawbackBase[];
  readonly waiting?: readonly WaitingLines[];
  readonly corrections: readonly Correction[];
}

/** The bill of an account for a month before its first phase. */
export function draftOf(
  group: Group,
  account: AccountFacts,
  month: string,
  before: Before,
  root: TraceNode | undefined,
): BillDraft {
  const { release } = group;
  const isFirst = month === group.document.periods.first;
  const { cycle, closing, period, sections, dueOn } = calendarOf(group, account, month);
  const { rounding, taxRules } = rulesOfMonth(release)(cycle, month);
  return {
    group,
    account,
    month,
    period,
    base: sections[0]!.of,
    sections,
    closing,
    dueOn,
    corrections: isFirst ? correctionsFor(account, before) : noCorrections,
    takesLateUsage: isFirst,
    cycle,
    rounding,
    taxRules,
    trace: root === undefined ? noTrace : traceBelow(root),
    products: [],
    partsHeld: [],
    services: [],
    offerings: [],
    allowancesBefore: before.allowances,
    allowancesAfter: before.allowances,
    clawbacksBefore: before.clawbacks,
    clawbacksAfter: before.clawbacks,
    waitingBefore: before.waiting?.find((lines) => lines.account === account.id) ?? null,
    waited: null,
    waiting: null,
    waitingAfter: null,
    monthUsed: null,
    covered: nothing,
    lines: [],
    linesLeft: 0,
    tax: [],
  };
}

/** What the cycle asks for, in the versions of the first day of the month. */
const rulesOfMonth = preparedOnce((release: Release) =>
  preparedBy(({ body }: RulesetOf<'billingCycle'>, month: string) => ({
    rounding: required(release, 'rounding', body.rounding, `${month}-01`, '/body/rounding'),
    taxRules: required(release, 'tax', body.tax, `${month}-01`, '/body/tax'),
  })),
);

const correctionsFor = ({ id }: AccountFacts, { corrections }: Before): readonly Correction[] =>
  corrections.length === 0 ? noCorrections : corrections.filter(({ account }) => account === id);

const noCorrections: readonly Correction[] = [];

/** What a bill holds of anything before its first phase. */
const nothing: ReadonlyMap<string, never> = new Map<string, never>();

function required<K extends 'rounding' | 'tax'>(
  release: Release,
  kind: K,
  id: string,
  on: CivilDate,
  path: string,
): RulesetOf<K> {
  const found = release.inForce(kind, id, on);
  if (found === undefined) throw new BillingProblem('ruleset-not-in-force', path, { ruleset: `${kind}/${id}`, on });
  return found;
}
