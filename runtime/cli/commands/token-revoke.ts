/**
 * End a token at once. Also called: アクセストークンの失効.
 */
import { revokeToken } from '#runtime/services/tokens.ts';
import { asLocalAdministrator } from '../acting-person.ts';
import { word, WrongCall, type Command } from '../command.ts';

export const command: Command = {
  options: { email: { type: 'string' } },
  run(call) {
    const id = word(call, 0, 'TOKEN-ID');
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new WrongCall('not-a-token-id', { id });
    return asLocalAdministrator(call, async (app, actor) => {
      await revokeToken(app, actor, id);
      return { json: { id, revoked: true }, text: call.say.render('cli.token-revoke.done', { id }) };
    });
  },
};
