/**
 * End a token at once. Also called: アクセストークンの失効.
 */
import { revokeToken } from '#runtime/services/tokens.ts';
import { asLocalAdministrator } from '../acting-person.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  usage: 'token revoke TOKEN-ID --email ADDRESS',
  options: { email: { type: 'string' } },
  run(call) {
    const id = word(call, 0, 'TOKEN-ID');
    return asLocalAdministrator(call, async (app, actor) => {
      await revokeToken(app, actor, id);
      return { json: { id, revoked: true }, text: call.say.render('cli.token-revoke.done', { id }) };
    });
  },
};
