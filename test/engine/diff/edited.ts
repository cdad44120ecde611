/** Shipped rulesets that are changed in places, and what is said of the change. */
import { meaningOf } from '#engine/diff/meaning/meaning.ts';
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

const operators = ['kanade-mobile', 'kanade-fibre', 'kanade-energy', 'kanade-pantry', 'conventions'];
export const shipped = operators.flatMap((operator) => rulesetsOf(operator));

/** What is written at which places; undefined takes it out, '/-' adds to the end of a list. */
export type Edits = Readonly<Record<string, unknown>>;

export function changed(kind: RulesetKind, id: string, edits: Edits): [Ruleset, Ruleset] {
  const before = shipped.find((ruleset) => ruleset.kind === kind && ruleset.id === id)!;
  const after: unknown = structuredClone(before);
  for (const [pointer, value] of Object.entries(edits)) {
    const keys = pointer.split('/').slice(1);
    const key = keys.pop()!;
    const holder = keys.reduce<unknown>((at, each) => (at as Record<string, unknown>)[each], after);
    if (Array.isArray(holder) && key === '-') holder.push(value);
    else if (value === undefined) Reflect.deleteProperty(holder as object, key);
    else (holder as Record<string, unknown>)[key] = value;
  }
  return [before, after as Ruleset];
}

/** 'dearer price: sentence', a line a finding. */
export function read([before, after]: [Ruleset, Ruleset]): string[] {
  const { render } = words('en');
  return meaningOf(before, after, { currency: 'JPY' }).map(({ about, direction, sentence }) =>
    [direction, `${about}:`, render(sentence.code, sentence.values)].filter(Boolean).join(' '),
  );
}
