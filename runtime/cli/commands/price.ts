/**
 * What would these rulesets bill this account? Also called: preview, simulate, 試算, 料金計算.
 * Needs no database. It calls the function that the cycle calls, so that a preview and a bill cannot differ.
 */
import { readFileSync } from 'node:fs';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import type { AccountDocument, BillingResult, Diagnostic } from '#schemas/generated/types.ts';
import type { Words } from '#schemas/messages/render.ts';
import { billText, traceText } from '../bill-text.ts';
import { required, type Command, type Outcome } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { jsonPlace } from '../json-place.ts';

export const command: Command = {
  options: {
    rulesets: { type: 'string' },
    input: { type: 'string' },
    trace: { type: 'boolean' },
    why: { type: 'boolean' },
    lines: { type: 'boolean' },
  },
  async run(call) {
    const { say, options } = call;
    const usable = usableRulesets(required(call, 'rulesets'));
    if ('diagnostics' in usable) return refusal(usable.diagnostics, say);
    const release = prepareRelease(usable.rulesets);
    const file = required(call, 'input');
    const text = file === '-' ? await call.standardInput() : readFileSync(file, 'utf8');
    const trace = options['trace'] === true;
    const why = options['why'] === true;
    if (options['lines'] !== true) return outcome(priced(text, release, trace), say, why);
    return everyLine(
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => outcome(priced(line, release, trace), say, why)),
    );
  },
};

type Priced = BillingResult | { readonly diagnostics: readonly Diagnostic[] };

/** The bills of the account document in `text`, or everything that stands in the way. */
function priced(text: string, release: Release, trace: boolean): Priced {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { diagnostics: [diagnostic('malformed-json', '', jsonPlace(text, error))] };
  }
  const diagnostics = formErrors('AccountDocument', document);
  if (diagnostics.length > 0) return { diagnostics };
  try {
    return bill(document as AccountDocument, release, { trace });
  } catch (error) {
    if (error instanceof BillingProblem) return { diagnostics: [error.diagnostic] };
    throw error;
  }
}

function outcome(result: Priced, say: Words, why: boolean): Outcome {
  if ('diagnostics' in result) return refusal(result.diagnostics, say);
  const bills = result.bills.map((each) => billText(each, say, why));
  return { json: result, text: [...bills, ...(result.trace ?? []).map((node) => traceText(node, say))].join('\n\n') };
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
