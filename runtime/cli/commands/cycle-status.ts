/**
 * How does a cycle stand? All of them without a number. Also called: サイクルの状況.
 */
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { asTokenHolder } from '../acting-person.ts';
import type { Command } from '../command.ts';
import { cyclesTable, cycleText } from '../cycle-text.ts';

export const command: Command = {
  run: (call) =>
    asTokenHolder(call, async (app, actor) => {
      const [cycleId] = call.words;
      if (cycleId === undefined) {
        const { rows, openable } = await listCycles(app, actor, { pageSize: 500 });
        return { json: { cycles: rows, openable }, text: cyclesTable(rows, call.say) };
      }
      const status = await cycleStatus(app, actor, { cycleId });
      return { json: status, text: cycleText(status, call.say) };
    }),
};
