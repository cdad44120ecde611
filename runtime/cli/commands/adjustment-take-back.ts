/**
 * Take an adjustment back; what was billed by it is put right on the next bill. Also called: 調整の取り消し.
 */
import { takeBackAdjustment } from '#runtime/services/adjust-account.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { reason: { type: 'string' } },
  run(call) {
    const [customer, adjustment] = [word(call, 0, 'CUSTOMER'), word(call, 1, 'ADJUSTMENT')];
    const reason = required(call, 'reason');
    return asTokenHolder(call, async (app, actor) => {
      const taken = await takeBackAdjustment(app, actor, { customer, adjustment, reason });
      return {
        json: taken,
        text: call.say.render('cli.adjustment-take-back.done', {
          id: adjustment,
          customer,
          concession: taken.concession ?? 'none',
        }),
      };
    });
  },
};
