/**
 * How does a reader read what changed between two versions? Each difference with its place in words, and a sentence.
 * Also called: change summary, 変更箇所の一覧. The words are `diff.<change>` in schemas/messages/changes.{ja,en}.json.
 */
import type { Localized, Sentence } from '#schemas/generated/types.ts';
import { differences, type Difference } from './differences.ts';
import { placeOf } from './place.ts';

export type ReadDifference = Difference & {
  /** From the outermost field inwards: Charges, Basic fee, Price. */
  readonly place: readonly Localized[];
  readonly sentence: Sentence;
};

const LONGEST_TEXT = 120;

/** The differences between two documents of one definition, such as 'Ruleset' or 'Cases'. */
export function readDifferences(definition: string, before: unknown, after: unknown): ReadDifference[] {
  return differences(before, after).map((each) => ({
    ...each,
    place:
      each.at.after === null
        ? placeOf(definition, before, each.at.before ?? '')
        : placeOf(definition, after, each.at.after),
    sentence: sentenceOf(each),
  }));
}

function sentenceOf(each: Difference): Sentence {
  return {
    code: `diff.${each.change}`,
    values: {
      ...(each.change === 'added' ? {} : { before: written(each.before) }),
      ...(each.change === 'removed' ? {} : { after: written(each.after) }),
    },
  };
}

/** A value as a sentence can hold it: a row by its id, 'null' for none. */
function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(', ');
  if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id;
  const text = JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
