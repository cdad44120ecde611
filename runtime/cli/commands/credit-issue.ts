/**
 * Issue the credit note that somebody else asked for. Also called: 返還インボイスの発行.
 */
import { issueCredit } from '#runtime/services/issue-credit.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const creditId = word(call, 0, 'CREDIT');
    return asTokenHolder(call, async (app, actor) => {
      const issued = await issueCredit(app, actor, { creditId });
      return { json: issued, text: call.say.render('cli.credit-issue.done', issued) };
    });
  },
};
