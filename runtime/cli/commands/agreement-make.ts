/**
 * Agree on a price with a customer, as an account document has it. Also called: negotiated price, 相対価格の登録.
 */
import { agreePrice } from '#runtime/services/agree-price.ts';
import type { NegotiatedPrice } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, reason: { type: 'string' } },
  async run(call) {
    const customer = word(call, 0, 'CUSTOMER');
    const reason = required(call, 'reason');
    const agreement = (await jsonInput(call)) as NegotiatedPrice;
    return asTokenHolder(call, async (app, actor) => {
      const made = await agreePrice(app, actor, { customer, agreement, reason });
      return { json: made, text: call.say.render('cli.agreement-make.done', { id: made.agreement, customer }) };
    });
  },
};
