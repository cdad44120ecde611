/**
 * Decline a credit that was asked for, or take one's own request back. Also called: 返還の却下.
 */
import { declineCredit } from '#runtime/services/decline-credit.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const creditId = word(call, 0, 'CREDIT');
    return asTokenHolder(call, async (app, actor) => {
      const declined = await declineCredit(app, actor, { creditId });
      return { json: declined, text: call.say.render('cli.credit-decline.done', declined) };
    });
  },
};
