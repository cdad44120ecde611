/**
 * Add an amount to an account's bill, or take one off, as an account document has it. Also called: manual credit, 調整の登録.
 */
import { adjustAccount } from '#runtime/services/adjust-account.ts';
import type { Adjustment } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, reason: { type: 'string' } },
  async run(call) {
    const customer = word(call, 0, 'CUSTOMER');
    const reason = required(call, 'reason');
    const adjustment = (await jsonInput(call)) as Adjustment;
    return asTokenHolder(call, async (app, actor) => {
      const entered = await adjustAccount(app, actor, { customer, adjustment, reason });
      return {
        json: entered,
        text: call.say.render('cli.adjustment-enter.done', {
          id: entered.adjustment,
          customer,
          concession: entered.concession ?? 'none',
        }),
      };
    });
  },
};
