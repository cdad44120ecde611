/**
 * Grant what somebody else asked for a customer: an agreed price, an amount taken off. Also called: 個別条件の承認.
 */
import { grantConcession } from '#runtime/services/decide-concession.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const concession = word(call, 0, 'CONCESSION');
    return asTokenHolder(call, async (app, actor) => {
      const granted = await grantConcession(app, actor, { concession });
      return { json: granted, text: call.say.render('cli.concession-grant.done', granted) };
    });
  },
};
