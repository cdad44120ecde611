/**
 * Read a price table from DMN or CSV into a rate plan, and print the plan. Also called: 料金表の取り込み, import.
 */
import { readFileSync } from 'node:fs';
import { formErrors } from '#engine/rulesets/check.ts';
import { fromCsv } from '#runtime/tables/csv.ts';
import { fromDmn } from '#runtime/tables/dmn.ts';
import { withTable } from '#runtime/tables/table-of-charge.ts';
import { optional, required, word, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { ratePlanAt } from '../rate-plan-file.ts';

export const command: Command = {
  options: { input: { type: 'string' }, decision: { type: 'string' } },
  async run(call) {
    const plan = ratePlanAt(word(call, 0, 'RULESET-FILE'));
    const charge = word(call, 1, 'CHARGE');
    const file = required(call, 'input');
    const text = file === '-' ? await call.standardInput() : readFileSync(file, 'utf8');
    const table = text.trimStart().startsWith('<') ? fromDmn(text, optional(call, 'decision')) : fromCsv(text);
    const changed = withTable(plan, charge, table);
    const diagnostics = formErrors('Ruleset', changed);
    if (diagnostics.length > 0)
      return {
        json: { diagnostics: diagnostics.map((each) => told(each, call.say)) },
        text: diagnostics.map((each) => diagnosticText(each, call.say)).join('\n'),
        exit: 1,
      };
    return { json: changed, text: JSON.stringify(changed, null, 2) };
  },
};
