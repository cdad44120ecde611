/**
 * Bring the rulesets of a folder in as drafts of what differs from what is published. Also called: import, 下書きとして取り込む.
 */
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import { importRulesets } from '#runtime/services/import-rulesets.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { refusedFor } from '../diagnostic-text.ts';

export const command: Command = {
  run(call) {
    const { say } = call;
    const folder = word(call, 0, 'DIR');
    const rulesets = readRulesetFiles(folder);
    const cases = readCaseFiles(folder);
    return asTokenHolder(call, async (app, actor) => {
      const result = await importRulesets(app, actor, { rulesets, cases });
      if (!('refusal' in result)) {
        const { started, underWay, later, same } = result;
        const text = [
          say.render('cli.ruleset-import.done', { started: started.length, same }),
          ...started.map((each) => say.render('cli.ruleset-import.started', each)),
          ...underWay.map((each) => say.render('cli.ruleset-import.under-way', each)),
          ...later.map((version) => say.render('cli.ruleset-import.later', { version })),
        ].join('\n');
        return { json: result, text };
      }
      const { refusal } = result;
      if (refusal.reason === 'nothing-to-import')
        return { json: { refusal }, text: say.render('cli.ruleset-import.nothing-to-import'), exit: 1 };
      return refusedFor(refusal, say);
    });
  },
};
