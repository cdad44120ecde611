/**
 * Freeze a cycle again at what is known now, so that what was put right is billed. Also called: 再凍結, 仮締めのやり直し.
 */
import { refreezeCycle } from '#runtime/services/refreeze-cycle.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  run(call) {
    const cycleId = word(call, 0, 'CYCLE');
    return asTokenHolder(call, async (app, actor) => {
      const planned = await refreezeCycle(app, actor, { cycleId });
      return {
        json: { cycleId, ...planned },
        text: call.say.render('cli.cycle-refreeze.done', { cycleId, ...planned }),
      };
    });
  },
};
