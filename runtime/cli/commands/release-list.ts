/**
 * Which releases are there, and what was new in each? Also called: リリース一覧.
 */
import { listReleases, type ReleaseListed } from '#runtime/services/list-releases.ts';
import { asTokenHolder } from '../acting-person.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run: (call) =>
    asTokenHolder(call, async (app, actor) => {
      const { rows, total } = await listReleases(app, actor, { pageSize: 500 });
      const { say } = call;
      const columns = [
        {
          heading: say.render('cli.release-list.number'),
          of: (row: ReleaseListed) => String(row.number),
          figures: true,
        },
        { heading: say.render('cli.release-list.at'), of: (row: ReleaseListed) => row.publishedAt },
        { heading: say.render('cli.release-list.by'), of: (row: ReleaseListed) => row.publishedBy },
        {
          heading: say.render('cli.release-list.versions'),
          of: (row: ReleaseListed) => String(row.versions),
          figures: true,
        },
        {
          heading: say.render('cli.release-list.added'),
          of: (row: ReleaseListed) => String(row.added.length),
          figures: true,
        },
        { heading: 'SHA-256', of: (row: ReleaseListed) => row.hash.slice(0, 16) },
      ];
      return { json: { releases: rows, total }, text: table(columns, rows) };
    }),
};
