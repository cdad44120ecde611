/**
 * How does the server say a word of the screens, in a file or an answer to a form?
 * Also called: server-side translation, サーバー側の文言.
 */
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import type { ScreenKey } from '#lib/i18n/speech.ts';

export const wordsOf =
  (locale: Locale) =>
  (key: ScreenKey, values?: MessageValues): string =>
    words(locale).render(`screen.${key}`, values);
