/**
 * How does what a change means reach a page: what touches money first, each as a sentence with its examples?
 * Also called: semantic diff list, 変更の意味の一覧.
 */
import { inOrderOfWeight, type Finding } from '#engine/diff/meaning/finding.ts';
import type { FindingShown } from '#lib/changes/finding-shown.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

export function findingsShown(findings: readonly Finding[], locale: Locale): FindingShown[] {
  const { render } = words(locale);
  return inOrderOfWeight(findings).map(({ about, direction = null, sentence, witnesses = [] }) => ({
    about,
    direction,
    text: render(sentence.code, sentence.values),
    examples: witnesses.map((each) => render(each.sentence.code, each.sentence.values)),
  }));
}
