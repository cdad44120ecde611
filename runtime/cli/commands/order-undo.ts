/**
 * Take an order back, as long as no closed month was billed by it. Also called: 申込みの取消し.
 */
import { undoOrder } from '#runtime/services/place-order.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { reason: { type: 'string' } },
  run(call) {
    const [customer, order] = [word(call, 0, 'CUSTOMER'), word(call, 1, 'ORDER')];
    const reason = required(call, 'reason');
    return asTokenHolder(call, async (app, actor) => {
      const undone = await undoOrder(app, actor, { customerId: customer, order, reason });
      return { json: undone, text: call.say.render('cli.order-undo.done', { order, customer }) };
    });
  },
};
