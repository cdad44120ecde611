/**
 * Mint a token for the command line, on the machine itself. Also called: アクセストークンの発行.
 * Prints the token and nothing else, so that it can be put into KANADE_TOKEN; it is shown once.
 */
import { mintToken } from '#runtime/services/tokens.ts';
import { asLocalAdministrator } from '../acting-person.ts';
import { optional, WrongCall, type Command } from '../command.ts';

export const command: Command = {
  options: { email: { type: 'string' }, days: { type: 'string' }, label: { type: 'string' } },
  run(call) {
    const days = optional(call, 'days') ?? '30';
    if (!/^[1-9]\d{0,3}$/.test(days)) throw new WrongCall('not-a-count', { option: '--days', value: days });
    return asLocalAdministrator(call, async (app, actor) => {
      const label = optional(call, 'label') ?? 'command line';
      const minted = await mintToken(app, actor, { person: actor.email, label, days: Number(days) });
      call.notice(call.say.render('cli.token-mint.done', { email: actor.email, until: minted.expiresAt }));
      return { json: minted, text: minted.token };
    });
  },
};
