/**
 * Do the cases that lie beside these rulesets hold? Also called: test, acceptance, 受入例, ケースの実行.
 * A figure that is another than expected is the input's fault: the ruleset's or the case's.
 */
import { relative } from 'node:path';
import type { CaseResult, Check } from '#engine/cases/run-cases.ts';
import { runCasesAt, type CaseFile } from '#runtime/catalogue/case-files.ts';
import type { Words } from '#schemas/messages/render.ts';
import { WrongCall, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';

export const command: Command = {
  run({ words, say }) {
    if (words.length === 0) throw new WrongCall('word-missing', { word: 'PATH' });
    const { files, diagnostics } = runCasesAt(words);
    const results = files.flatMap((file) => file.results);
    const failed = results.filter(({ passed }) => !passed).length;
    return Promise.resolve({
      json: {
        cases: files.flatMap(({ source, results: ofFile }) => ofFile.map((result) => jsonOf(source, result, say))),
        diagnostics: diagnostics.map((each) => told(each, say)),
      },
      text: [
        ...diagnostics.map((each) => diagnosticText(each, say)),
        ...files.flatMap((file) => failuresOf(file, say)),
        say.render('cli.ruleset-test.counts', { cases: String(results.length), failed: String(failed) }),
      ].join('\n'),
      ...(failed > 0 || diagnostics.length > 0 ? { exit: 1 as const } : {}),
    });
  },
};

function jsonOf(source: string, result: CaseResult, say: Words): unknown {
  const { it, source: amountsFrom } = result.case;
  return {
    file: relative(process.cwd(), source),
    it,
    ...(amountsFrom === undefined ? {} : { source: amountsFrom }),
    passed: result.passed,
    checks: result.checks,
    ...(result.problem === undefined ? {} : { problem: told(result.problem, say) }),
  };
}

/** One block a failing case: where, what it says, and each figure that came out otherwise, with its reasons. */
function failuresOf({ source, results }: CaseFile, say: Words): string[] {
  return results
    .filter(({ passed }) => !passed)
    .map(({ case: { it }, checks, problem }) =>
      [
        `${relative(process.cwd(), source)}: ${it[say.locale]}`,
        ...checks.filter(({ passed }) => !passed).flatMap((check) => checkText(check, say)),
        ...(problem === undefined ? [] : [diagnosticText(problem, say)]),
      ].join('\n'),
    );
}

function checkText({ month, figure, key, expected, actual, why }: Check, say: Words): string[] {
  const none = say.render('cli.ruleset-test.none');
  const values = { month: month ?? 'all', key: key ?? '', expected: expected ?? none, actual: actual ?? none };
  return [
    `  ${say.render(`cli.ruleset-test.${figure}`, values)}`,
    ...why.map((sentence) => `    ${say.render(sentence.code, sentence.values)}`),
  ];
}
