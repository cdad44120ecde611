/**
 * To whom was a campaign granted, and what is left of its limits? Also called: 付与の一覧.
 */
import { grantsOfCampaign } from '#runtime/services/grants-of-campaign.ts';
import { listGrants, type GrantListed } from '#runtime/services/list-grants.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run(call) {
    const campaign = word(call, 0, 'CAMPAIGN');
    const { say } = call;
    return asTokenHolder(call, async (app, actor) => {
      const counted = await grantsOfCampaign(app, actor, { campaign });
      const { rows, total } = await listGrants(app, actor, { campaign, pageSize: 500 });
      const columns = [
        { heading: say.render('cli.grant-list.on'), of: (row: GrantListed) => row.grantedOn },
        { heading: say.render('cli.grant-list.product'), of: (row: GrantListed) => row.product },
        { heading: say.render('cli.grant-list.customer'), of: (row: GrantListed) => `${row.customer} ${row.name}` },
        { heading: say.render('cli.grant-list.order'), of: (row: GrantListed) => row.order ?? '–' },
        {
          heading: say.render('cli.grant-list.promised'),
          of: (row: GrantListed) => row.promised ?? '–',
          figures: true,
        },
      ];
      const { inAll, budget } = counted?.limits ?? {};
      const most = inAll === undefined ? 'none' : String(inAll);
      const lines = [
        say.render('cli.grant-list.granted', { granted: total, most }),
        ...(budget === undefined || counted === null
          ? []
          : [say.render('cli.grant-list.budget', { promised: counted.promised, budget: budget.amount })]),
        ...(rows.length === 0 ? [] : ['', table(columns, rows)]),
      ];
      return { json: { campaign: counted, grants: rows, total }, text: lines.join('\n') };
    });
  },
};
