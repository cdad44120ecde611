/**
 * End an agreement with a customer. Also called: 相対価格の終了.
 */
import { endAgreement } from '#runtime/services/agree-price.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { from: { type: 'string' }, reason: { type: 'string' } },
  run(call) {
    const [customer, agreement] = [word(call, 0, 'CUSTOMER'), word(call, 1, 'AGREEMENT')];
    const reason = required(call, 'reason');
    const from = optional(call, 'from');
    return asTokenHolder(call, async (app, actor) => {
      const ended = await endAgreement(app, actor, {
        customer,
        agreement,
        reason,
        ...(from !== undefined && { from }),
      });
      return {
        json: ended,
        text: call.say.render('cli.agreement-end.done', {
          id: agreement,
          customer,
          concession: ended.concession ?? 'none',
        }),
      };
    });
  },
};
