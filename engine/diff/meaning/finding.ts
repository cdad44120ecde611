/**
 * What can be said of a change to a rule? Also called: semantic diff, finding, 意味の差分, 変更の意味.
 * Words: `meaning.*` in schemas/messages/meaning.{ja,en}.json.
 */
import type { Whereabouts } from '#engine/diff/differences.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Localized } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

/** What a change is about. */
export type About =
  /** What one pays, or gets off. */
  | 'price'
  /** Whom or what a rule is for. */
  | 'eligibility'
  /** From when, until when. */
  | 'dates'
  /** Which discounts go together, in which order. */
  | 'stacking'
  | 'tax'
  | 'rounding'
  /** Parts of a period, and periods of suspension. */
  | 'proration'
  /** What happens to those who have it already. */
  | 'existing'
  /** How long one is bound, and what follows. */
  | 'terms'
  /** Closing days, due dates, order of the lines. */
  | 'billing'
  /** What the law allows. */
  | 'law'
  /** How usage is read and documents are made. */
  | 'documents'
  | 'cases'
  /** A whole ruleset that comes or goes. */
  | 'ruleset'
  /** Nothing that anyone pays follows from it. */
  | 'cosmetic';

export type Direction =
  /** For whoever is concerned. */
  | 'dearer'
  | 'cheaper'
  /** Dearer for some, cheaper for others, or more than the figures alone can tell. */
  | 'either'
  /** More customers, or more uses. */
  | 'wider'
  | 'narrower'
  /** Some come in, others go out. */
  | 'others';

/** A customer, or a use, for whom the two versions come out otherwise: both sides were asked. */
export interface Witness {
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly goes: 'in' | 'out';
  readonly sentence: Said;
}

export interface Finding {
  readonly about: About;
  readonly at: Whereabouts;
  readonly place: readonly Localized[];
  /** As the documents have it; left out where there was, or is, nothing. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly direction?: Direction;
  /** By how much an amount goes up, '-' before it when it goes down. */
  readonly by?: string;
  readonly witnesses?: readonly Witness[];
  readonly sentence: Said;
}

const order: readonly About[] = [
  ...(['ruleset', 'price', 'eligibility', 'tax', 'stacking', 'proration', 'rounding', 'terms', 'existing'] as const),
  ...(['dates', 'billing', 'law', 'documents', 'cases', 'cosmetic'] as const),
];

const people: readonly (Direction | undefined)[] = ['wider', 'narrower', 'others'];

/** What touches money first, words last; otherwise in the order of the documents. */
export const inOrderOfWeight = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => weightOf(a) - weightOf(b));

const weightOf = ({ about, direction }: Finding): number =>
  order.indexOf(people.includes(direction) ? 'eligibility' : about);

export interface Counts {
  readonly dearer: number;
  readonly cheaper: number;
  readonly eligibility: number;
  readonly others: number;
  readonly cosmetic: number;
}

/** How many findings of which sort. */
export function countsOf(findings: readonly Finding[]): Counts {
  const counts = { dearer: 0, cheaper: 0, eligibility: 0, others: 0, cosmetic: 0 };
  for (const { about, direction } of findings) {
    if (about === 'cosmetic') counts.cosmetic += 1;
    else if (direction === 'dearer' || direction === 'cheaper') counts[direction] += 1;
    else if (people.includes(direction)) counts.eligibility += 1;
    else counts.others += 1;
  }
  return counts;
}
