/**
 * What is a ruleset when it is read out? A heading, and below it sentences that wait for a language.
 * Also called: prose, 読み上げ, 文章表示. Words: `reading.*` in schemas/messages/reading.{ja,en}.json.
 */
import { said, type SaidValue } from '#engine/explain/said.ts';
import type { Localized } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

export interface Section {
  /** Where in the ruleset it stands, as a JSON pointer. */
  readonly at: string;
  /** None for what holds of the ruleset as a whole. */
  readonly heading: Localized | null;
  readonly sentences: readonly Said[];
}

/** `say('campaign.window', …)` is the sentence `reading.campaign.window`. */
export const say = (code: string, values: Readonly<Record<string, SaidValue>> = {}): Said =>
  said(`reading.${code}`, values);

/** The sentences of whatever is there. */
export const given = <Value>(value: Value | undefined, read: (value: Value) => readonly Said[]): readonly Said[] =>
  value === undefined ? [] : read(value);
