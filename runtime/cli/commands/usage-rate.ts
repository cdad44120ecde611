/**
 * What does each meter come to under each plan, or all of it under one plan? Also called: usage simulation, 従量料金の試算.
 * Needs no database. Account documents come one a line.
 */
import { readFileSync } from 'node:fs';
import { BillingProblem } from '#engine/billing/problem.ts';
import { compileRelease } from '#engine/compile/compile-release.ts';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { jsonPlace } from '#runtime/guard/json-place.ts';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { rateDocuments, type UsageRated } from '#runtime/rating/rate-documents.ts';
import { ratingThreads } from '#runtime/rating/rate-in-threads.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { AccountDocument, Diagnostic } from '#schemas/generated/types.ts';
import type { Words } from '#schemas/messages/render.ts';
import { optional, required, type Command, type Outcome } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { table, type Column } from '../table.ts';

export const command: Command = {
  options: { rulesets: { type: 'string' }, input: { type: 'string' }, plan: { type: 'string' } },
  async run(call) {
    const usable = usableRulesets(required(call, 'rulesets'));
    if ('diagnostics' in usable) return refusal(usable.diagnostics, call.say);
    const file = required(call, 'input');
    const text = file === '-' ? await call.standardInput() : readFileSync(file, 'utf8');
    const { documents, diagnostics } = documentsIn(text);
    if (diagnostics.length > 0) return refusal(diagnostics, call.say);
    const pool = ratingThreads();
    try {
      const release = compileRelease(usable.rulesets, evaluateSource);
      return outcome(await rateDocuments(documents, release, pool, optional(call, 'plan')), call.say);
    } catch (error) {
      if (error instanceof BillingProblem) return refusal([error.diagnostic], call.say);
      throw error;
    } finally {
      await pool.destroy();
    }
  },
};

/** The documents, one a line, and everything that is wrong with them. */
function documentsIn(text: string): {
  readonly documents: readonly AccountDocument[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const documents: AccountDocument[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    try {
      const document: unknown = JSON.parse(line);
      diagnostics.push(...formErrors('AccountDocument', document));
      documents.push(document as AccountDocument);
    } catch (error) {
      diagnostics.push(diagnostic('malformed-json', '', jsonPlace(line, error)));
    }
  }
  return { documents, diagnostics };
}

function outcome(result: UsageRated, say: Words): Outcome {
  const { uses, total, scaledUses, exactUses, sums } = result;
  const values = { uses: String(uses), total, scaled: String(scaledUses), exact: String(exactUses) };
  const columns: readonly Column<UsageRated['sums'][number]>[] = [
    { heading: say.render('cli.usage-rate.plan'), of: ({ plan }) => plan },
    { heading: say.render('cli.usage-rate.meter'), of: ({ meter }) => meter },
    { heading: say.render('cli.usage-rate.uses'), of: ({ uses: of }) => String(of), figures: true },
    { heading: say.render('cli.usage-rate.amount'), of: ({ amount }) => amount, figures: true },
  ];
  return { json: result, text: `${table(columns, sums)}\n\n${say.render('cli.usage-rate.done', values)}` };
}

function refusal(diagnostics: readonly Diagnostic[], say: Words): Outcome {
  return {
    json: { diagnostics: diagnostics.map((each) => told(each, say)) },
    text: diagnostics.map((each) => diagnosticText(each, say)).join('\n'),
    exit: 1,
  };
}
