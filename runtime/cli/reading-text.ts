/**
 * How does a ruleset that is read out look as a page of text? Also called: 読み上げの表示, プレーンテキスト.
 */
import { readRuleset } from '#engine/explain/reading/read-ruleset.ts';
import type { Naming } from '#engine/explain/said.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import type { Words } from '#schemas/messages/render.ts';

/** Its name, the reason for it, and every sentence on a line of its own below what it is about. */
export function readingText(ruleset: Ruleset, naming: Naming, say: Words): string {
  const { kind, id, version, name, reason } = ruleset;
  const title = `${name[say.locale]}  ${say.render(`screen.option.RulesetKind.${kind}`)} ${id} v${String(version)}`;
  const sections = readRuleset(ruleset, naming).map(({ heading, sentences }) =>
    [
      ...(heading === null ? [] : [heading[say.locale]]),
      ...sentences.map(({ code, values }) => `${heading === null ? '' : '  '}${say.render(code, values)}`),
    ].join('\n'),
  );
  return [title, reason, ...sections].join('\n\n');
}
