/**
 * Where in the two versions are we, and how is a finding about that place made?
 * Also called: diff cursor, 比較中の箇所.
 */
import type { Whereabouts } from '#engine/diff/differences.ts';
import { keysOf, stepsTo, type Step } from '#engine/diff/place.ts';
import { said, withinSentence, type Naming, type SaidValue } from '#engine/explain/said.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import type { Finding } from './finding.ts';

/** One place in two versions of a ruleset; undefined values where there is, or was, nothing. */
export interface Compared {
  readonly at: Whereabouts;
  readonly before: unknown;
  readonly after: unknown;
  /** With nothing left out. */
  readonly versions: { readonly before: Ruleset; readonly after: Ruleset };
  /** As they were written. */
  readonly written: { readonly before: Ruleset; readonly after: Ruleset };
  readonly naming: Naming;
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(document: unknown, pointer: string | null): unknown {
  if (pointer === null) return undefined;
  return keysOf(pointer).reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[key],
    document,
  );
}

/** What the place lies in: the charge of its price. */
export function around({ at, versions }: Pick<Compared, 'at' | 'versions'>, side: 'before' | 'after'): unknown {
  const pointer = at[side];
  return pointer === null ? undefined : valueAt(versions[side], pointer.slice(0, pointer.lastIndexOf('/')));
}

/** The steps to the place, as the later version calls them where it has it. */
export function stepsIn({ at, versions }: Pick<Compared, 'at' | 'versions'>): Step[] {
  return at.after === null
    ? stepsTo('Ruleset', versions.before, at.before ?? '')
    : stepsTo('Ruleset', versions.after, at.after);
}

/** 「基本料」の月額: the last row on the way by its name, and the fields below it. */
export function saidPlace(steps: readonly Step[]): SaidValue {
  if (steps.length === 0) return said('meaning.whole');
  const row = steps.findLastIndex(({ isRow }) => isRow);
  const fields = steps.slice(row + 1).map(({ label }) => label);
  const owner = steps[row]?.label;
  if (owner === undefined) return fields;
  const within = fields.map(withinSentence);
  return within.length === 0 ? said('said.quoted', { name: owner }) : said('meaning.placeOf', { owner, field: within });
}

/** A finding about the place as a whole, or about something below it. */
export function findingAt(
  compared: Compared,
  told: Pick<Finding, 'about'> &
    Partial<Finding> & { readonly code: string; readonly values?: Readonly<Record<string, SaidValue>> },
): Finding {
  const { code, values, ...rest } = told;
  const steps = stepsIn(compared);
  const sentence: Said = said(code, { place: saidPlace(steps), ...values });
  return {
    at: compared.at,
    place: steps.map(({ label }) => label),
    ...(compared.before === undefined ? {} : { before: compared.before }),
    ...(compared.after === undefined ? {} : { after: compared.after }),
    ...rest,
    sentence,
  };
}
