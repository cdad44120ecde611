/**
 * Write a price table for another tool: DMN for decision modellers, Excel and CSV for spreadsheets. Also called: 料金表の書き出し, export.
 */
import { writeFileSync } from 'node:fs';
import { isTableFormat, tableFile } from '#runtime/tables/table-file.ts';
import { tableOfCharge } from '#runtime/tables/table-of-charge.ts';
import { optional, required, word, WrongCall, type Command } from '../command.ts';
import { ratePlanAt } from '../rate-plan-file.ts';

export const command: Command = {
  options: { format: { type: 'string' }, output: { type: 'string' } },
  async run(call) {
    const plan = ratePlanAt(word(call, 0, 'RULESET-FILE'));
    const charge = word(call, 1, 'CHARGE');
    const format = optional(call, 'format') ?? 'dmn';
    if (!isTableFormat(format)) throw new WrongCall('option-unknown', { option: `--format ${format}` });
    const { bytes } = await tableFile(tableOfCharge(plan, charge), format, `${plan.id} ${charge}`);
    // A workbook is nothing to be printed.
    const output = format === 'xlsx' ? required(call, 'output') : optional(call, 'output');
    if (output !== undefined) {
      writeFileSync(output, bytes);
      const values = { file: output, bytes: bytes.length };
      return { json: { format, ...values }, text: call.say.render('cli.table-export.written', values) };
    }
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { json: { format, text }, text: text.replace(/\r?\n$/, '') };
  },
};
