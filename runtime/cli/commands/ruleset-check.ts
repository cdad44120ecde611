/**
 * What would an author be told about these rulesets? Also called: lint, validate, 検査.
 * Each is judged together with the other rulesets of its operator. Errors are the input's fault; warnings are not.
 */
import { checkRulesetsAt } from '#runtime/catalogue/ruleset-files.ts';
import { WrongCall, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';

export const command: Command = {
  async run({ words, say }) {
    if (words.length === 0) throw new WrongCall('word-missing', { word: 'PATH' });
    const { files, diagnostics } = await checkRulesetsAt(words);
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const counts = { files: String(files), errors: String(errors), others: String(diagnostics.length - errors) };
    return {
      json: { files, diagnostics: diagnostics.map((diagnostic) => told(diagnostic, say)) },
      text: [
        ...diagnostics.map((diagnostic) => diagnosticText(diagnostic, say)),
        say.render('cli.ruleset-check.counts', counts),
      ].join('\n'),
      ...(errors > 0 ? { exit: 1 as const } : {}),
    };
  },
};
