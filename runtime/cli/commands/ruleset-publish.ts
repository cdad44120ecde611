/**
 * Publish the rulesets of a folder as the next release, all or none. Also called: go live, 公開, リリース.
 */
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import type { PublishRefusal } from '#runtime/catalogue/publish-release.ts';
import type { Words } from '#schemas/messages/render.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command, type Outcome } from '../command.ts';
import { diagnosticText, refusedFor, told } from '../diagnostic-text.ts';

export const command: Command = {
  run(call) {
    const { say } = call;
    const folder = word(call, 0, 'DIR');
    const rulesets = readRulesetFiles(folder);
    const cases = readCaseFiles(folder);
    return asTokenHolder(call, async (app, actor) => {
      const result = await publishRulesets(app, actor, { rulesets, cases });
      if ('refusal' in result) return refused(result.refusal, say);
      const { release, warnings } = result;
      const added = release.added.map(({ kind, id, version }) => `${kind}/${id}/v${String(version)}`);
      const counts = {
        number: String(release.number),
        versions: String(release.versions),
        added: String(added.length),
      };
      return {
        json: { release, warnings: warnings.map((warning) => told(warning, say)) },
        text: [
          ...warnings.map((warning) => diagnosticText(warning, say)),
          say.render('cli.ruleset-publish.done', counts),
          ...added,
        ].join('\n'),
      };
    });
  },
};

function refused(refusal: PublishRefusal, say: Words): Outcome {
  if (refusal.reason === 'has-errors') return refusedFor(refusal, say);
  if (refusal.reason === 'cases-fail') {
    const { cases } = refusal;
    const count = cases.length;
    const which = cases.map(({ case: { it } }) => it[say.locale]);
    return { json: { refusal }, text: [say.render('refusal.cases-fail', { count }), ...which].join('\n'), exit: 1 };
  }
  const versions = 'versions' in refusal ? refusal.versions : [];
  return { json: { refusal }, text: say.render(`cli.ruleset-publish.${refusal.reason}`, { versions }), exit: 1 };
}
