/**
 * What was ordered for a customer? Also called: 申込履歴.
 */
import type { OrderRecord } from '#runtime/orders/orders-of-customer.ts';
import { listOrders } from '#runtime/services/list-orders.ts';
import type { MessageValues } from '#schemas/messages/render.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    return asTokenHolder(call, async (app, actor) => {
      const orders = await listOrders(app, actor, { customerId });
      const { say } = call;
      const what = ({ changes }: OrderRecord): string =>
        changes
          .map((change) => say.render(`order.change.${change.kind}`, change as unknown as MessageValues))
          .join(' + ');
      const state = ({ isTakenBack, billedIn }: OrderRecord): string => {
        if (isTakenBack) return say.render('order.state.takenBack');
        return billedIn === null
          ? say.render('order.state.holds')
          : say.render('order.state.billed', { month: billedIn });
      };
      const columns = [
        { heading: say.render('cli.order-list.order'), of: (row: OrderRecord) => row.id },
        { heading: say.render('cli.order-list.from'), of: (row: OrderRecord) => row.from },
        { heading: say.render('cli.order-list.what'), of: what },
        { heading: say.render('cli.order-list.by'), of: (row: OrderRecord) => row.placedBy },
        { heading: say.render('cli.order-list.state'), of: state },
      ];
      return {
        json: { orders },
        text: orders.length === 0 ? say.render('cli.order-list.none') : table(columns, orders),
      };
    });
  },
};
