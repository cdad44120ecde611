/**
 * Compute the bills of a cycle: the first time, after a crash, or again. Also called: bill run, 仮締め, 請求計算.
 * Ctrl+C stops between two chunks; what is done stays done.
 */
import { once } from 'node:events';
import { cycleStatus } from '#runtime/services/cycle-status.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, word, WrongCall, type Command } from '../command.ts';
import { cycleText } from '../cycle-text.ts';

const TOLD_EVERY_MS = 2000;

export const command: Command = {
  options: { workers: { type: 'string' } },
  run(call) {
    const cycleId = word(call, 0, 'CYCLE');
    const workers = optional(call, 'workers');
    if (workers !== undefined && !/^[1-9]\d{0,2}$/.test(workers))
      throw new WrongCall('not-a-count', { option: '--workers', value: workers });
    return asTokenHolder(call, async (app, actor) => {
      const stop = new AbortController();
      const onSignal = (): void => stop.abort();
      process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
      const { finished } = await runCycle(app, actor, {
        cycleId,
        signal: stop.signal,
        ...(workers === undefined ? {} : { workers: Number(workers) }),
      });
      const telling = setInterval(() => {
        void cycleStatus(app, actor, { cycleId }).then(({ progress }) => {
          call.notice(
            call.say.render('cli.cycle.progress', {
              ...progress.groups,
              bills: progress.bills,
              pace: progress.billsPerSecond ?? 0,
            }),
          );
        });
      }, TOLD_EVERY_MS);
      try {
        const results = await Promise.race([finished, once(stop.signal, 'abort').then(() => finished)]);
        const status = await cycleStatus(app, actor, { cycleId });
        return {
          json: { ...status, results: results ?? null },
          text: cycleText(status, call.say),
          ...(results === undefined ? { exit: 1 as const } : {}),
        };
      } finally {
        clearInterval(telling);
        process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
      }
    });
  },
};
