/**
 * Write a price table for another tool: DMN for decision modellers, CSV for spreadsheets. Also called: 料金表の書き出し, export.
 */
import { toCsv } from '#runtime/tables/csv.ts';
import { toDmn } from '#runtime/tables/dmn.ts';
import { tableOfCharge } from '#runtime/tables/table-of-charge.ts';
import { optional, word, WrongCall, type Command } from '../command.ts';
import { ratePlanAt } from '../rate-plan-file.ts';

export const command: Command = {
  options: { format: { type: 'string' } },
  run(call) {
    const plan = ratePlanAt(word(call, 0, 'RULESET-FILE'));
    const charge = word(call, 1, 'CHARGE');
    const format = optional(call, 'format') ?? 'dmn';
    if (format !== 'dmn' && format !== 'csv') throw new WrongCall('option-unknown', { option: `--format ${format}` });
    const table = tableOfCharge(plan, charge);
    const text = format === 'csv' ? toCsv(table) : toDmn(table, `${plan.id} ${charge}`);
    return Promise.resolve({ json: { format, text }, text: text.replace(/\r?\n$/, '') });
  },
};
