/**
 * How does a ruleset that is read out reach a page: its sentences in the reader's language?
 * Also called: prose view, 文章表示の内容.
 */
import type { Section } from '#engine/explain/reading/page.ts';
import type { SectionShown } from '#lib/rulesets/section-shown.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

export function sectionsShown(sections: readonly Section[], locale: Locale): SectionShown[] {
  const { render } = words(locale);
  return sections.map(({ at, heading, sentences }) => ({
    at,
    heading: heading?.[locale] ?? null,
    sentences: sentences.map(({ code, values }) => render(code, values)),
  }));
}
