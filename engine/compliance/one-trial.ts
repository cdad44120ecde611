/**
 * Does one person have the trial for signing up twice? Also called: R5, お試し割は 1 人 1 回.
 * All contracts of the billing group are one person's. What the person holds in another group, or held under another customer
 * number, is not in the document: it must be looked for before the campaign is granted.
 */
import type { ComplianceRule, Grant, OfferingRuleset, SignUpDiscountLimit } from '#schemas/generated/types.ts';
import type { BillDraft } from '#engine/billing/draft.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { customerOn } from '#engine/facts/customer-on.ts';
import { contains } from '#engine/calendar/period.ts';

/** Asked in the period in which a trial begins; the same campaign granted again for the same product is the same trial. */
export function assertOneTrial(draft: BillDraft): void {
  const { grants = [], customer } = draft.group.document;
  if (grants.length < 2 || customerOn(customer, draft.period.start).type !== 'individual') return;
  const trials = grants
    .flatMap((grant) => {
      const limit = limitOn(draft, grant);
      return limit === undefined ? [] : [{ grant, limit }];
    })
    .toSorted((a, b) => (sayingOf(a.grant) < sayingOf(b.grant) ? -1 : 1));
  const [first] = trials;
  if (first === undefined) return;
  for (const { grant, limit } of trials) {
    const isSame = grant.product === first.grant.product && grant.campaign === first.grant.campaign;
    if (isSame || !contains(draft.period, grant.grantedOn)) continue;
    if (draft.products.some(({ product }) => product.id === grant.product)) tell(draft, limit, grant, first.grant);
  }
}

const sayingOf = ({ grantedOn, product, campaign }: Grant): string => [grantedOn, product, campaign].join(' ');

/** The limit under which the grant is a trial, on the day on which it was given. */
function limitOn({ group }: BillDraft, { campaign, product, grantedOn }: Grant): SignUpDiscountLimit | undefined {
  const body = group.release.inForce('campaign', campaign, grantedOn)?.body;
  const held = group.products.find((each) => each.product.id === product)?.timeline[0];
  if (body?.triggers.includes('new') !== true || held === undefined) return undefined;
  const offering = group.release.inForce('offering', held.offering, held.from);
  if (offering === undefined || !body.discounts.some(({ target }) => isAmong(target, offering))) return undefined;
  return group.release
    .allInForce('complianceProfile', grantedOn)
    .filter((profile) => isAmong(profile.body, offering))
    .flatMap((profile): readonly ComplianceRule[] => profile.body.rules)
    .filter((rule) => rule.rule === 'signUpDiscount')
    .find(({ from, to }) => from <= grantedOn && (to === null || grantedOn < to));
}

const isAmong = (
  { services, offerings }: { readonly services?: readonly string[]; readonly offerings?: readonly string[] },
  { id, body }: OfferingRuleset,
): boolean => (services?.includes(body.service) ?? true) && (offerings?.includes(id) ?? true);

function tell(draft: BillDraft, { severity, law, from }: SignUpDiscountLimit, second: Grant, first: Grant): void {
  const said = {
    ...{ product: second.product, campaign: second.campaign, other: first.product, on: first.grantedOn },
    ...{ lawJa: law.ja, lawEn: law.en, since: from },
  };
  if (severity === 'error') throw new BillingProblem('second-trial', `/grants/${second.product}`, said);
  draft.trace.note('trace.law.secondTrial', said);
}
