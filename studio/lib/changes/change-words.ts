/**
 * How do the pages of changes speak? Their own words besides those of the screens.
 * Also called: review i18n, 変更画面の文言.
 */
import changes from '#schemas/messages/change-screens.ja.json' with { type: 'json' };
import { words, type MessageValues } from '#schemas/messages/render.ts';
import { useSpeech, type Speech } from '#lib/i18n/speech.ts';

type WithoutRoom<Code> = Code extends `change.${infer Rest}` ? Rest : never;

export type ChangeKey = WithoutRoom<keyof typeof changes>;

/** The speech of the page, and `c` for a word about changes. */
export function useChangeWords(): {
  readonly speech: Speech;
  readonly c: (key: ChangeKey, values?: MessageValues) => string;
} {
  const speech = useSpeech();
  return { speech, c: (key, values) => words(speech.locale).render(`change.${key}`, values) };
}
