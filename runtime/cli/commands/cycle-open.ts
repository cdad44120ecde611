/**
 * Open a month's billing cycle. Also called: 締め開始.
 * What is not named is what is due next, when only one thing is.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { openCycle, type CycleToOpen } from '#runtime/services/open-cycle.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, WrongCall, type Call, type Command } from '../command.ts';

export const command: Command = {
  options: { 'legal-entity': { type: 'string' }, 'billing-cycle': { type: 'string' }, month: { type: 'string' } },
  run: (call) =>
    asTokenHolder(call, async (app, actor) => {
      const order = await ordered(call, app, actor);
      const opened = await openCycle(app, actor, order);
      return { json: { ...opened, ...order }, text: call.say.render('cli.cycle-open.done', { ...opened, ...order }) };
    }),
};

async function ordered(call: Call, app: App, actor: Actor): Promise<CycleToOpen> {
  const legalEntity = optional(call, 'legal-entity');
  const billingCycle = optional(call, 'billing-cycle');
  const month = optional(call, 'month');
  if (legalEntity !== undefined && billingCycle !== undefined && month !== undefined)
    return { legalEntity, billingCycle, month };
  const { openable } = await listCycles(app, actor);
  const fitting = openable.filter(
    (next) =>
      next.legalEntity === (legalEntity ?? next.legalEntity) &&
      next.billingCycle === (billingCycle ?? next.billingCycle),
  );
  const [next] = fitting;
  if (next === undefined || fitting.length > 1) {
    const choices = fitting.map(
      (each) => `--legal-entity ${each.legalEntity} --billing-cycle ${each.billingCycle} --month ${each.month}`,
    );
    throw new WrongCall(next === undefined ? 'no-cycle-due' : 'several-cycles-due', {
      choices: `\n  ${choices.join('\n  ')}`,
    });
  }
  return { legalEntity: next.legalEntity, billingCycle: next.billingCycle, month: month ?? next.month };
}
