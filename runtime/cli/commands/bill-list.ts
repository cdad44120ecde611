/**
 * Find bills by customer, account, number or cycle. Also called: 請求検索.
 */
import type { BillListed } from '#runtime/bills/find-bills.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { moneyText } from '#schemas/messages/figures.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, type Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  options: { cycle: { type: 'string' } },
  run: (call) =>
    asTokenHolder(call, async (app, actor) => {
      const { say, words } = call;
      const cycleId = optional(call, 'cycle');
      const found = await listBills(app, actor, {
        search: words.join(' '),
        pageSize: 500,
        ...(cycleId === undefined ? {} : { cycleId }),
      });
      const columns = [
        { heading: say.render('cli.bill-list.id'), of: (row: BillListed) => row.id },
        { heading: say.render('cli.bill-list.customer'), of: (row: BillListed) => row.customerName },
        { heading: say.render('cli.bill-list.month'), of: (row: BillListed) => row.month },
        { heading: say.render('cli.bill-list.number'), of: (row: BillListed) => row.number ?? '' },
        {
          heading: say.render('cli.cycle.total'),
          of: (row: BillListed) => moneyText(say.locale, row.total, row.currency),
          figures: true,
        },
      ];
      const count = say.render('cli.bill-list.count', { shown: String(found.rows.length), total: String(found.total) });
      return { json: { bills: found.rows, total: found.total }, text: `${table(columns, found.rows)}\n${count}` };
    }),
};
