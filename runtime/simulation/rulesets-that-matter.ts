/**
 * Which rulesets does a browser need to bill this customer?
 * All of them while they are few; else those that the customer's bills can ask for. Pure. Also called: bundle, relevant rules, 必要なルール.
 */
import type { Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, Ruleset, RulesetKind } from '#schemas/generated/types.ts';

/** In characters of JSON. */
const FEW = 300_000;

const lengths = new WeakMap<Release, number>();

export function rulesetsThatMatter(
  release: Release,
  document: AccountDocument,
  few = FEW,
): { readonly rulesets: readonly Ruleset[]; readonly areAll: boolean } {
  const length = lengths.get(release) ?? JSON.stringify(release.rulesets).length;
  lengths.set(release, length);
  if (length <= few) return { rulesets: release.rulesets, areAll: true };
  const asked = askedFor(release, document);
  return { rulesets: release.rulesets.filter((ruleset) => isAsked(ruleset, asked)), areAll: false };
}

/** What every bill asks for, whatever is held. */
const always: ReadonlySet<RulesetKind> = new Set([
  'campaign',
  'bundleDiscount',
  'tenureDiscount',
  'statutoryFee',
  'complianceProfile',
  'tax',
  'rounding',
]);

const isAsked = ({ kind, id }: Ruleset, asked: ReadonlySet<string>): boolean =>
  always.has(kind) || asked.has(`${kind}/${id}`);

/** Offerings held at any time, with their plans, terms and penalties; and the billing cycles. */
function askedFor(release: Release, document: AccountDocument): ReadonlySet<string> {
  const asked = new Set(document.accounts.map(({ billingCycle }) => `billingCycle/${billingCycle}`));
  const held = document.products.flatMap(({ offering, history = [] }) => [
    offering,
    ...history.flatMap((change) => change.offering ?? []),
  ]);
  for (const id of new Set(held)) {
    asked.add(`offering/${id}`);
    for (const { body } of release.versions('offering', id)) {
      asked.add(`ratePlan/${body.ratePlan}`);
      for (const term of [body.term ?? [], body.furtherTerms ?? []].flat()) {
        asked.add(`term/${term}`);
        for (const version of release.versions('term', term)) {
          if (version.body.penalty !== undefined) asked.add(`penalty/${version.body.penalty}`);
        }
      }
    }
  }
  return asked;
}
