/**
 * Ask for a price for a customer, as an account document has it; it waits for a second person. Also called: negotiated price, 相対価格の申請.
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
      const { concession } = await agreePrice(app, actor, { customer, agreement, reason });
      const text = call.say.render('cli.agreement-make.done', { id: agreement.id, customer, concession });
      return { json: { agreement: agreement.id, concession }, text };
    });
  },
};
