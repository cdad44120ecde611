/**
 * How do differences in meaning read in a terminal? Ruleset by ruleset, what touches money first. Also called: 差分の表示.
 */
import { countsOf, inOrderOfWeight, type Finding } from '#engine/diff/meaning/finding.ts';
import type { RulesetChange } from '#engine/diff/meaning/release-meaning.ts';
import type { Words } from '#schemas/messages/render.ts';
import { places } from './table.ts';

/** The changes as a person reads them; with `all`, what differs in words only, too. */
export function meaningText(changes: readonly RulesetChange[], say: Words, all: boolean): string {
  const shown = changes.flatMap((change) => {
    const findings = inOrderOfWeight(change.findings).filter(({ about }) => all || about !== 'cosmetic');
    return findings.length === 0 ? [] : [changeText(change, findings, say)];
  });
  const counts = countsOf(changes.flatMap(({ findings }) => findings));
  if (changes.length === 0) return say.render('meaning.nothing');
  const foot = [
    ...(shown.length === 0 ? [say.render('meaning.onlyCosmetic')] : []),
    say.render('meaning.counts', { ...counts, rulesets: changes.length }),
    ...(all || counts.cosmetic === 0 ? [] : [say.render('cli.ruleset-diff.cosmetic', { count: counts.cosmetic })]),
  ];
  return [...shown, foot.join('\n')].join('\n\n');
}

function changeText({ kind, id, name, heading }: RulesetChange, findings: readonly Finding[], say: Words): string {
  const title = `${name[say.locale]}  ${say.render(`screen.option.RulesetKind.${kind}`)} ${id}`;
  const tags = findings.map((finding) => tagOf(finding, say));
  const width = Math.max(...tags.map(places));
  const lines = findings.flatMap((finding, index) => {
    const tag = tags[index]!;
    const space = ' '.repeat(width - places(tag));
    const examples = (finding.witnesses ?? []).map(({ sentence }) => say.render(sentence.code, sentence.values));
    return [
      `  ${tag}${space}  ${say.render(finding.sentence.code, finding.sentence.values)}`,
      ...examples.map((text) => `  ${' '.repeat(width)}  ${text}`),
    ];
  });
  return [`${title}\n${say.render(heading.code, heading.values)}`, ...lines].join('\n');
}

/** Which way it goes, else what it is about. */
function tagOf({ about, direction }: Finding, say: Words): string {
  return say.render(direction === undefined ? `meaning.about.${about}` : `meaning.tag.${direction}`);
}

/** The changes as values, each sentence with its text. */
export function meaningJson(changes: readonly RulesetChange[], say: Words): Readonly<Record<string, unknown>> {
  return {
    changes: changes.map(({ heading, findings, ...change }) => ({
      ...change,
      heading: say.render(heading.code, heading.values),
      findings: inOrderOfWeight(findings).map(({ sentence, witnesses = [], ...finding }) => ({
        ...finding,
        sentence,
        text: say.render(sentence.code, sentence.values),
        witnesses: witnesses.map((each) => ({ ...each, text: say.render(each.sentence.code, each.sentence.values) })),
      })),
    })),
    counts: countsOf(changes.flatMap(({ findings }) => findings)),
  };
}
