/**
 * Decline what was asked for a customer, or take one's own request back. Also called: 個別条件の却下.
 */
import { declineConcession } from '#runtime/services/decide-concession.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const concession = word(call, 0, 'CONCESSION');
    return asTokenHolder(call, async (app, actor) => {
      const declined = await declineConcession(app, actor, { concession });
      return { json: declined, text: call.say.render('cli.concession-decline.done', declined) };
    });
  },
};
