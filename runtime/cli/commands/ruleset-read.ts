/**
 * What does a ruleset say, in plain Japanese or English? Also called: read out, 読み上げ, 文章で読む.
 */
import { readRuleset } from '#engine/explain/reading/read-ruleset.ts';
import { namingOf } from '#engine/diff/meaning/release-meaning.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Call, type Command, type Outcome } from '../command.ts';
import { isPublished, publishedSide, sideAt, type Side } from '../compared-side.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { readingText } from '../reading-text.ts';

export const command: Command = {
  async run(call) {
    const name = word(call, 0, 'RULESET');
    if (!isPublished(name)) return outcome(sideAt(name), call);
    return asTokenHolder(call, async (app, actor) => outcome(await publishedSide(app, actor, name), call));
  },
};

function outcome({ rulesets, around, diagnostics }: Side, { say }: Call): Outcome {
  if (diagnostics.length > 0)
    return {
      json: { diagnostics: diagnostics.map((each) => told(each, say)) },
      text: diagnostics.map((each) => diagnosticText(each, say)).join('\n'),
      exit: 1,
    };
  const naming = namingOf([...around, ...rulesets]);
  return {
    json: {
      rulesets: rulesets.map((ruleset) => ({
        ...{ kind: ruleset.kind, id: ruleset.id, version: ruleset.version, name: ruleset.name, reason: ruleset.reason },
        sections: readRuleset(ruleset, naming).map(({ sentences, ...section }) => ({
          ...section,
          sentences: sentences.map((each) => ({ ...each, text: say.render(each.code, each.values) })),
        })),
      })),
    },
    text: rulesets.map((ruleset) => readingText(ruleset, naming, say)).join('\n\n\n'),
  };
}
