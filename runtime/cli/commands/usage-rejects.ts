/**
 * Which usage lines are refused and open, and by which id can each be set aside? Also called: エラー明細の一覧.
 */
import { listRejects, type RejectListed } from '#runtime/services/list-rejects.ts';
import { asTokenHolder } from '../acting-person.ts';
import type { Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run(call) {
    const { say } = call;
    return asTokenHolder(call, async (app, actor) => {
      const { rows, total } = await listRejects(app, actor, { state: 'open', pageSize: 500 });
      const columns = [
        { heading: say.render('cli.usage-rejects.id'), of: (row: RejectListed) => row.id },
        { heading: say.render('cli.usage-rejects.file'), of: (row: RejectListed) => row.fileName },
        {
          heading: say.render('cli.usage-rejects.line'),
          of: (row: RejectListed) => String(row.lineNumber),
          figures: true,
        },
        {
          heading: say.render('cli.usage-rejects.why'),
          of: (row: RejectListed) => say.render(`reject.${row.code}`, row.values),
        },
      ];
      const text = rows.length === 0 ? say.render('cli.usage-rejects.none') : table(columns, rows);
      return { json: { rejects: rows, total }, text };
    });
  },
};
