/**
 * Set a refused usage line aside for good. Also called: 取込エラーの対象外.
 */
import { voidReject } from '#runtime/services/void-reject.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { reason: { type: 'string' } },
  run(call) {
    const rejectId = word(call, 0, 'LINE-ID');
    const reason = required(call, 'reason');
    return asTokenHolder(call, async (app, actor) => {
      const voided = await voidReject(app, actor, { rejectId, reason });
      return { json: voided, text: call.say.render('cli.usage-void.done', voided) };
    });
  },
};
