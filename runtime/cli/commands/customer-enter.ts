/**
 * Enter a new customer. Also called: 顧客の新規登録.
 */
import { enterCustomer } from '#runtime/services/enter-customer.ts';
import type { CustomerEntry } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, reason: { type: 'string' } },
  async run(call) {
    const reason = required(call, 'reason');
    const customer = (await jsonInput(call)) as CustomerEntry;
    return asTokenHolder(call, async (app, actor) => {
      const entered = await enterCustomer(app, actor, { customer, reason });
      return { json: entered, text: call.say.render('cli.customer-enter.done', entered) };
    });
  },
};
