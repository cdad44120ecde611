/**
 * Import codes that were made elsewhere. Also called: クーポンコードの取り込み.
 */
import { readFileSync } from 'node:fs';
import { importCoupons } from '#runtime/services/coupons.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { input: { type: 'string' }, note: { type: 'string' } },
  async run(call) {
    const campaign = word(call, 0, 'CAMPAIGN');
    const input = required(call, 'input');
    const text = input === '-' ? await call.standardInput() : readFileSync(input, 'utf8');
    const note = optional(call, 'note');
    return asTokenHolder(call, async (app, actor) => {
      const imported = await importCoupons(app, actor, { campaign, text, ...(note !== undefined && { note }) });
      const { added, known } = imported;
      return { json: imported, text: call.say.render('cli.coupon-import.done', { added, known }) };
    });
  },
};
