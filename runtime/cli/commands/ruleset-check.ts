/**
 * What would an author be told about these rulesets? Also called: lint, validate, 検査.
 * Each is judged together with the other rulesets of its operator, and by the cases that lie beside them. Errors are the input's fault; warnings are not.
 */
import { survivorFindings } from '#engine/cases/case-findings.ts';
import { mutantsAt } from '#runtime/catalogue/mutants-at.ts';
import { checkRulesetsAt } from '#runtime/catalogue/ruleset-files.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { WrongCall, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';

export const command: Command = {
  options: { mutants: { type: 'boolean' } },
  async run({ words, options, say }) {
    if (words.length === 0) throw new WrongCall('word-missing', { word: 'PATH' });
    const { files, diagnostics: checked } = await checkRulesetsAt(words);
    const diagnostics = options['mutants'] === true ? [...checked, ...words.flatMap(survivorsAt)] : checked;
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

/** What no case would notice; it takes minutes, so it has to be asked for. */
const survivorsAt = (path: string): readonly Diagnostic[] =>
  mutantsAt(path).flatMap(({ operator, judged }) =>
    survivorFindings(judged).map((each) => ({
      ...each,
      source: `${operator}/${each.ruleset?.replace('@', '/v') ?? ''}.json`,
    })),
  );
