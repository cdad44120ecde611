/**
 * What was ordered for a customer? Also called: 申込履歴.
 */
import { listOrders, type OrderListed } from '#runtime/services/list-orders.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    return asTokenHolder(call, async (app, actor) => {
      const orders = await listOrders(app, actor, { customerId });
      const { say } = call;
      const what = ({ sentences }: OrderListed): string =>
        sentences.map(({ code, values }) => say.render(code, values)).join(' + ');
      const state = ({ isTakenBack, billedIn }: OrderListed): string => {
        if (isTakenBack) return say.render('order.state.takenBack');
        return billedIn === null
          ? say.render('order.state.holds')
          : say.render('order.state.billed', { month: billedIn });
      };
      const columns = [
        { heading: say.render('cli.order-list.order'), of: (row: OrderListed) => row.id },
        { heading: say.render('cli.order-list.from'), of: (row: OrderListed) => row.from },
        { heading: say.render('cli.order-list.what'), of: what },
        { heading: say.render('cli.order-list.by'), of: (row: OrderListed) => row.placedBy },
        { heading: say.render('cli.order-list.state'), of: state },
      ];
      return {
        json: { orders },
        text: orders.length === 0 ? say.render('cli.order-list.none') : table(columns, orders),
      };
    });
  },
};
