/**
 * Make single-use codes of a campaign; they are printed once. Also called: クーポンコードの発行.
 */
import { makeCoupons } from '#runtime/services/coupons.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { count: { type: 'string' }, note: { type: 'string' } },
  run(call) {
    const campaign = word(call, 0, 'CAMPAIGN');
    const count = Number(required(call, 'count'));
    const note = optional(call, 'note');
    return asTokenHolder(call, async (app, actor) => {
      const made = await makeCoupons(app, actor, { campaign, count, ...(note !== undefined && { note }) });
      return { json: made, text: made.codes.join('\n') };
    });
  },
};
