/**
 * Bill a customer by another billing cycle; without one, tell to which it can move. Also called: 締め日の変更.
 */
import { moveChoices } from '#runtime/services/move-choices.ts';
import { moveCustomer } from '#runtime/services/move-customer.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { reason: { type: 'string' } },
  async run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    const [, billingCycle, month] = call.words;
    if (billingCycle === undefined) {
      return asTokenHolder(call, async (app, actor) => {
        const choices = await moveChoices(app, actor, { customerId });
        const lines = choices.map(({ billingCycle: to, months: [first] }) =>
          call.say.render('cli.customer-move.choice', { billingCycle: to, ...first }),
        );
        return { json: choices, text: lines.join('\n') };
      });
    }
    const reason = required(call, 'reason');
    const move = { billingCycle, ...(month !== undefined && { month }) };
    return asTokenHolder(call, async (app, actor) => {
      const moved = await moveCustomer(app, actor, { customerId, move, reason });
      return { json: moved, text: call.say.render('cli.customer-move.done', moved) };
    });
  },
};
