/**
 * Whom does a ruleset concern, written as conditions? Triggers, windows, sets and sales periods are questions about a customer, too.
 * Also called: eligibility, 対象条件.
 */
import type { Condition, ConditionNode, Discount, OpenPeriod, Ruleset } from '#schemas/generated/types.ts';

/** Holds for everybody. */
export const everyone: Condition = { all: [] };

/** The questions that a field of the body asks, by the field's pointer; where two versions are compared, each by itself. */
export function questionsOf(ruleset: Ruleset): ReadonlyMap<string, Condition> {
  const asked = new Map<string, Condition>();
  const ask = (pointer: string, parts: readonly ConditionNode[]): void => {
    if (parts.length > 0) asked.set(pointer, { all: [...parts] });
  };
  switch (ruleset.kind) {
    case 'campaign': {
      const { triggers, window, eligibility } = ruleset.body;
      ask('/body/triggers', [{ fact: 'product.event', operator: 'in', value: triggers }]);
      ask('/body/window', within(window));
      ask('/body/eligibility', eligibility === undefined ? [] : [eligibility]);
      break;
    }
    case 'offering': {
      const { sales, requires = [], excludes = [], eligibility } = ruleset.body;
      ask('/body/sales', within(sales));
      ask(
        '/body/requires',
        requires.map((id) => ({ fact: 'group.offerings', operator: 'contains', value: id })),
      );
      ask(
        '/body/excludes',
        excludes.map((id) => ({ fact: 'group.offerings', operator: 'doesNotContain', value: id })),
      );
      ask('/body/eligibility', eligibility === undefined ? [] : [eligibility]);
      break;
    }
    case 'bundleDiscount': {
      const { requires, eligibility } = ruleset.body;
      ask('/body/requires', [
        ...(requires.services ?? []).map((id) => ({
          fact: 'group.services',
          operator: 'contains' as const,
          value: id,
        })),
        ...(requires.offerings ?? []).map((id) => ({
          fact: 'group.offerings',
          operator: 'contains' as const,
          value: id,
        })),
      ]);
      ask('/body/eligibility', eligibility === undefined ? [] : [eligibility]);
      break;
    }
    case 'tenureDiscount':
      ask('/body/eligibility', ruleset.body.eligibility === undefined ? [] : [ruleset.body.eligibility]);
      break;
    default:
      break;
  }
  return asked;
}

/** All of it at once. */
export const whoIsConcerned = (ruleset: Ruleset): Condition => ({ all: [...questionsOf(ruleset).values()] });

/** Which products a discount takes something off. */
export function productsDiscounted({ services, offerings }: Discount['target']): Condition {
  return {
    all: [
      ...(services === undefined ? [] : [{ fact: 'product.service', operator: 'in' as const, value: services }]),
      ...(offerings === undefined ? [] : [{ fact: 'product.offering', operator: 'in' as const, value: offerings }]),
    ],
  };
}

function within({ from, to }: OpenPeriod): ConditionNode[] {
  const fact = 'product.appliedOn';
  const since: ConditionNode = { fact, operator: 'dateOnOrAfter', value: from };
  return to === null ? [since] : [since, { fact, operator: 'dateBefore', value: to }];
}
