/**
 * Change a customer's name, date of birth, or where bills go. Also called: 顧客情報の変更.
 */
import { changeCustomer } from '#runtime/services/change-customer.ts';
import type { CustomerChange } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, reason: { type: 'string' } },
  async run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    const reason = required(call, 'reason');
    const change = (await jsonInput(call)) as CustomerChange;
    return asTokenHolder(call, async (app, actor) => {
      const changed = await changeCustomer(app, actor, { customerId, change, reason });
      return { json: changed, text: call.say.render('cli.customer-change.done', changed) };
    });
  },
};
