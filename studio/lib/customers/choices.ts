/**
 * How do contracts and products read in a list to choose from?
 * Also called: select options, 選択肢.
 */
import type { SimulationChoices } from '#runtime/services/simulate-change-choices.ts';
import type { Localized } from '#schemas/generated/types.ts';

interface Named {
  readonly id: string;
  readonly name: Localized;
}
interface Choice {
  readonly id: string;
  readonly text: string;
}

/** `name` says a name in the language of the page. A contract is told from its like by its number. */
export const namedBy = (name: (localized: Localized) => string) => ({
  named: (all: readonly Named[]): Choice[] => all.map((each) => ({ id: each.id, text: name(each.name) })),
  numbered: (all: readonly Named[]): Choice[] =>
    all.map((each) => ({ id: each.id, text: `${name(each.name)} · ${each.id}` })),
});

/** The plans that a contract can change to: of its service, and not its own. */
export function plansFor({ products, offerings }: SimulationChoices, product: string): SimulationChoices['offerings'] {
  const held = products.find(({ id }) => id === product);
  return offerings.filter(({ id, service }) => service === held?.service && id !== held.offering);
}
