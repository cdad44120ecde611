/**
 * Read a price table from DMN, Excel or CSV into a rate plan, and print the plan. Also called: 料金表の取り込み, import.
 */
import { readFileSync } from 'node:fs';
import { formErrors } from '#engine/rulesets/check.ts';
import { TableRefused, type Fault } from '#runtime/tables/faults.ts';
import { tableFrom } from '#runtime/tables/table-file.ts';
import { withTable } from '#runtime/tables/table-of-charge.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';
import type { MessageValues } from '#schemas/messages/render.ts';
import { optional, required, word, type Command } from '../command.ts';
import { diagnosticText, told } from '../diagnostic-text.ts';
import { ratePlanAt } from '../rate-plan-file.ts';

export const command: Command = {
  options: { input: { type: 'string' }, decision: { type: 'string' } },
  async run(call) {
    const plan = ratePlanAt(word(call, 0, 'RULESET-FILE'));
    const charge = word(call, 1, 'CHARGE');
    const file = required(call, 'input');
    const bytes = file === '-' ? new TextEncoder().encode(await call.standardInput()) : readFileSync(file);
    const read = await tableOrFaults(bytes, optional(call, 'decision'));
    if ('faults' in read) {
      const messages = read.faults.map(({ code, values }) =>
        call.say.render(`refusal.${code}`, values as MessageValues),
      );
      return {
        json: { faults: read.faults.map((fault, index) => ({ ...fault, message: messages[index] })) },
        text: messages.join('\n'),
        exit: 1,
      };
    }
    const changed = withTable(plan, charge, read.table);
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

/** All that is wrong with the cells at once. */
async function tableOrFaults(
  bytes: Uint8Array,
  decision: string | undefined,
): Promise<{ readonly table: MatrixPrice } | { readonly faults: readonly Fault[] }> {
  try {
    return { table: await tableFrom(bytes, decision) };
  } catch (refusal) {
    if (refusal instanceof TableRefused) return refusal;
    throw refusal;
  }
}
