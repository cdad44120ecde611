/**
 * Which tokens may act for whom? Also called: アクセストークン一覧.
 */
import { listTokens, type TokenListed } from '#runtime/services/list-tokens.ts';
import { asLocalAdministrator } from '../acting-person.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  options: { email: { type: 'string' } },
  run: (call) =>
    asLocalAdministrator(call, async (app, actor) => {
      const tokens = await listTokens(app, actor);
      const { say } = call;
      const columns = [
        { heading: say.render('cli.token-list.id'), of: (row: TokenListed) => row.id },
        { heading: say.render('cli.token-list.person'), of: (row: TokenListed) => row.email },
        { heading: say.render('cli.token-list.label'), of: (row: TokenListed) => row.label },
        {
          heading: say.render('cli.token-list.state'),
          of: (row: TokenListed) => say.render(`cli.token-state.${row.state}`),
        },
        { heading: say.render('cli.token-list.until'), of: (row: TokenListed) => row.expiresAt },
      ];
      return { json: { tokens }, text: table(columns, tokens) };
    }),
};
