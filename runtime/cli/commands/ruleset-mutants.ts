/**
 * Which mistakes in these rulesets would no case notice? Also called: mutation testing, ミューテーションテスト.
 * Survivors are work to do, not a fault of the input: what stops the run is.
 */
import { basename } from 'node:path';
import { scoreOf, type Judged } from '#engine/cases/mutation-run.ts';
import { mutantsAt } from '#runtime/catalogue/mutants-at.ts';
import type { Words } from '#schemas/messages/render.ts';
import { WrongCall, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';

export const command: Command = {
  run({ words, say }) {
    const [path] = words;
    if (path === undefined) throw new WrongCall('word-missing', { word: 'DIR' });
    const operators = mutantsAt(path);
    const diagnostics = operators.flatMap((each) => each.diagnostics);
    return Promise.resolve({
      json: {
        operators: operators.map(({ operator, judged }) => ({
          operator: basename(operator),
          ...scoreOf(judged),
          survivors: judged.filter(({ fate }) => fate === 'survives').map(jsonOf),
        })),
        diagnostics: diagnostics.map((each) => told(each, say)),
      },
      text: [
        ...diagnostics.map((each) => diagnosticText(each, say)),
        ...operators.flatMap(({ operator, judged }) => [
          ...judged.filter(({ fate }) => fate === 'survives').map((each) => survivorText(each, say)),
          say.render('cli.ruleset-mutants.score', { operator: basename(operator), ...textsOf(scoreOf(judged)) }),
        ]),
      ].join('\n'),
      ...(diagnostics.length > 0 ? { exit: 1 as const } : {}),
    });
  },
};

const nameOf = ({ ruleset: { kind, id, version } }: Judged): string => `${kind}/${id}@${version}`;

function jsonOf(judged: Judged): unknown {
  const { kind, path, from, to } = judged.mutant;
  return { ruleset: nameOf(judged), kind, path, from, to };
}

function survivorText(judged: Judged, say: Words): string {
  const { kind, path, from, to } = judged.mutant;
  return `${nameOf(judged)} ${path}\n  ${say.render(`cli.ruleset-mutants.${kind}`, { from, to })}`;
}

const textsOf = ({ mutants, noticed, refused }: ReturnType<typeof scoreOf>): Record<string, string> => ({
  mutants: String(mutants),
  noticed: String(noticed),
  refused: String(refused),
});
