/**
 * What would these rulesets bill this account? Also called: preview, simulate, 試算, 料金計算.
 * Needs no database. It calls the function that the cycle calls, so that a preview and a bill cannot differ; in a guarded thread,
 * as the server looks at what somebody wrote.
 */
import { readFileSync } from 'node:fs';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { guardedInTurn } from '#runtime/guard/guarded.ts';
import type { Priced } from '#runtime/guard/written.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import type { Words } from '#schemas/messages/render.ts';
import { aloudText, billText, traceText } from '../bill-text.ts';
import { required, type Command, type Outcome } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';

export const command: Command = {
  options: {
    rulesets: { type: 'string' },
    input: { type: 'string' },
    trace: { type: 'boolean' },
    why: { type: 'boolean' },
    aloud: { type: 'boolean' },
    lines: { type: 'boolean' },
  },
  async run(call) {
    const { say, options } = call;
    const usable = usableRulesets(required(call, 'rulesets'));
    if ('diagnostics' in usable) return refusal(usable.diagnostics, say);
    const file = required(call, 'input');
    const text = file === '-' ? await call.standardInput() : readFileSync(file, 'utf8');
    const trace = options['trace'] === true;
    const aloud = options['aloud'] === true;
    const why = options['why'] === true;
    const isLines = options['lines'] === true;
    const texts = isLines ? text.split('\n').filter((line) => line.trim() !== '') : [text];
    const { rulesets } = usable;
    const works = Array.from({ length: Math.ceil(texts.length / atOnce) }, (_, index) => ({
      ...({ is: 'prices', rulesets, trace, aloud } as const),
      texts: texts.slice(index * atOnce, (index + 1) * atOnce),
    }));
    const outcomes = (await guardedInTurn(works)).flat().map((each) => outcome(each, say, why));
    return isLines ? everyLine(outcomes) : outcomes[0]!;
  },
};

/** So many documents are billed within the limits of one work. */
const atOnce = 200;

function outcome(result: Priced, say: Words, why: boolean): Outcome {
  if ('diagnostics' in result) return refusal(result.diagnostics, say);
  const { aloud, ...billed } = result;
  const spoken = aloud?.map((each) => aloudText(each, say));
  const bills = result.bills.map((each, at) => [billText(each, say, why), ...(spoken?.slice(at, at + 1) ?? [])]).flat();
  const json = spoken === undefined ? billed : { ...billed, aloud: spoken.map((text) => text.split('\n')) };
  return { json, text: [...bills, ...(result.trace ?? []).map((node) => traceText(node, say))].join('\n\n') };
}

function refusal(diagnostics: readonly Diagnostic[], say: Words): Outcome {
  return {
    json: { diagnostics: diagnostics.map((each) => told(each, say)) },
    text: diagnostics.map((each) => diagnosticText(each, say)).join('\n'),
    exit: 1,
  };
}

/** One document a line in, one result a line out. */
function everyLine(outcomes: readonly Outcome[]): Outcome {
  return {
    json: { results: outcomes.map(({ json }) => json) },
    text: outcomes.map(({ text }) => text).join('\n\n'),
    ...(outcomes.some(({ exit }) => exit !== undefined) ? { exit: 1 as const } : {}),
  };
}
