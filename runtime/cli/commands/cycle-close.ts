/**
 * Close a cycle for good, as somebody who neither opened nor ran it. Also called: 本締め, 請求確定.
 */
import { closeCycle } from '#runtime/services/close-cycle.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const cycleId = word(call, 0, 'CYCLE');
    return asTokenHolder(call, async (app, actor) => {
      const closed = await closeCycle(app, actor, { cycleId });
      const { bills, firstNumber, lastNumber, digest } = closed;
      const values = { bills, digest, first: firstNumber ?? '–', last: lastNumber ?? '–' };
      return { json: { cycleId, ...closed }, text: call.say.render('cli.cycle-close.done', values) };
    });
  },
};
