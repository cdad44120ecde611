/**
 * How does the editor speak? Its own words besides those of the screens.
 * Also called: editor i18n, エディターの文言.
 */
import editor from '#schemas/messages/editor.ja.json' with { type: 'json' };
import { words, type MessageValues } from '#schemas/messages/render.ts';
import { useSpeech, type Speech } from '#lib/i18n/speech.ts';

type WithoutRoom<Code> = Code extends `editor.${infer Rest}` ? Rest : never;

export type EditorKey = WithoutRoom<keyof typeof editor>;

/** The speech of the page, and `e` for a word of the editor. */
export function useEditorWords(): {
  readonly speech: Speech;
  readonly e: (key: EditorKey, values?: MessageValues) => string;
} {
  const speech = useSpeech();
  return { speech, e: (key, values) => words(speech.locale).render(`editor.${key}`, values) };
}
