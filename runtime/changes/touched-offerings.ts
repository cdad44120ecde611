/**
 * Whom does a change of this ruleset concern: the holders of which offerings?
 * Also called: affected customers, impact scope, 影響範囲, 対象契約.
 */
import { Known } from '#engine/rulesets/known.ts';
import type { DiscountTarget, Ruleset } from '#schemas/generated/types.ts';

/** The ids of the offerings that any version of the ruleset can reach; undefined when it concerns everybody. */
export function touchedOfferings(ruleset: Ruleset, all: readonly Ruleset[]): ReadonlySet<string> | undefined {
  const known = new Known(all, []);
  const offerings = known.ofKind('offering');
  const holding = (isTouched: (body: (typeof offerings)[number]['body']) => boolean): ReadonlySet<string> =>
    new Set(offerings.filter(({ body }) => isTouched(body)).map(({ id }) => id));
  const reached = (targets: readonly DiscountTarget[]): ReadonlySet<string> =>
    new Set(targets.flatMap((target) => [...known.reachedBy(target)].map(({ id }) => id)));

  switch (ruleset.kind) {
    case 'offering':
      return new Set([ruleset.id]);
    case 'ratePlan':
      return holding(({ ratePlan }) => ratePlan === ruleset.id);
    case 'term':
      return holding((body) => termsOf(body).includes(ruleset.id));
    case 'penalty': {
      const terms = known.ofKind('term').filter(({ body }) => body.penalty === ruleset.id);
      const ids = new Set(terms.map(({ id }) => id));
      return holding((body) => termsOf(body).some((id) => ids.has(id)));
    }
    case 'tenureDiscount':
      return reached([ruleset.body.target]);
    case 'campaign':
      return reached(ruleset.body.discounts.map(({ target }) => target));
    case 'bundleDiscount': {
      const { requires } = ruleset.body;
      return new Set([
        ...reached(ruleset.body.discounts.map(({ target }) => target)),
        ...holding(({ service }) => requires.services?.includes(service) === true),
        ...(requires.offerings ?? []),
      ]);
    }
    default:
      return undefined;
  }
}

const termsOf = ({ term, furtherTerms = [] }: { term?: string; furtherTerms?: readonly string[] }): string[] => [
  ...(term === undefined ? [] : [term]),
  ...furtherTerms,
];
