/**
 * Which offerings does a limit of a profile concern, and on which days can a contract for them be made?
 * Also called: scope, regulated products, 適用対象、規律の対象となる契約.
 */
import type {
  ComplianceProfileRuleset,
  ComplianceRule,
  Diagnostic,
  OfferingRuleset,
  OpenPeriod,
  RatePlanRuleset,
  Ruleset,
} from '#schemas/generated/types.ts';
import { certainty } from '#engine/conditions/certainty.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import type { Known } from '#engine/rulesets/known.ts';

/** A limit looked at for one ruleset, with all others in sight. */
export interface Look<R extends ComplianceRule = ComplianceRule> {
  readonly rule: R;
  readonly profile: ComplianceProfileRuleset;
  readonly known: Known;
  /** Says it with the provision and the day of effect of the rule, and with its severity unless another is given. */
  readonly report: (
    code: LawCode,
    path: string,
    values: Readonly<Record<string, string>>,
    severity?: Diagnostic['severity'],
  ) => void;
}

export type LawCode = Extract<Parameters<Report>[0], `law-${string}`>;

/** An offering and the days on which a contract for it would be under the limit. */
export interface Watched {
  readonly offering: OfferingRuleset;
  readonly days: OpenPeriod;
}

/** Every version of the offerings that the profile watches, as far as it is sold while the limit is in force. */
export function watchedOfferings(
  { profile, rule, known }: Look,
  limit = shared(daysOf(profile, known), rule),
): readonly Watched[] {
  return known.ofKind('offering').flatMap((offering) => {
    const days = isWatched(profile, offering)
      ? shared(limit, shared(daysOf(offering, known), offering.body.sales))
      : undefined;
    return days === undefined ? [] : [{ offering, days }];
  });
}

function isWatched(
  { body }: ComplianceProfileRuleset,
  { id, body: { service, eligibility } }: OfferingRuleset,
): boolean {
  if (body.services !== undefined && !body.services.includes(service)) return false;
  if (body.offerings !== undefined && !body.offerings.includes(id)) return false;
  const isForFirmsOnly = eligibility !== undefined && certainty(eligibility, individual) === false;
  return body.customers === 'everyone' || !isForFirmsOnly;
}

const individual = new Map([['customer.type', 'individual']]);

/** The days on which the version answers. */
export function daysOf(ruleset: Ruleset, known: Known): OpenPeriod | undefined {
  return known.spans(ruleset.kind, ruleset.id).find((span) => span.ruleset === ruleset);
}

/** The days that two periods have in common, or undefined when there are none. */
export function shared(a: OpenPeriod | undefined, b: OpenPeriod | undefined): OpenPeriod | undefined {
  if (a === undefined || b === undefined) return undefined;
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to === null ? b.to : b.to === null || a.to < b.to ? a.to : b.to;
  return to === null || from < to ? { from, to } : undefined;
}

/** The versions of the offering's plan that answer on some of the days, with the days they share. */
export function plansOf(
  { offering, days }: Watched,
  known: Known,
): readonly { plan: RatePlanRuleset; days: OpenPeriod }[] {
  return known.spans('ratePlan', offering.body.ratePlan).flatMap((span) => {
    const both = shared(days, span);
    return both === undefined ? [] : [{ plan: span.ruleset as RatePlanRuleset, days: both }];
  });
}
