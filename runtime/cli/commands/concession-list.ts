/**
 * What was agreed with a customer, adjusted by hand, or waits for a second person? Also called: 個別の取り決めの一覧.
 */
import { termsOfCustomer, type TermsOfCustomer } from '#runtime/services/terms-of-customer.ts';
import type { NegotiatedPrice } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { table } from '../table.ts';

type Row = readonly [state: string, id: string, what: string, from: string, reason: string];

export const command: Command = {
  run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    const { say } = call;
    return asTokenHolder(call, async (app, actor) => {
      const terms = await termsOfCustomer(app, actor, { customerId });
      const rows = rowsOf(terms, (state) => say.render(`cli.concession-list.${state}`));
      const columns = (['state', 'id', 'what', 'from', 'reason'] as const).map((column, index) => ({
        heading: say.render(`cli.concession-list.${column}`),
        of: (row: Row) => row[index] ?? '',
      }));
      return { json: terms, text: rows.length === 0 ? say.render('cli.concession-list.none') : table(columns, rows) };
    });
  },
};

function rowsOf({ agreements, adjustments, waiting }: TermsOfCustomer, state: (key: string) => string): Row[] {
  return [
    ...waiting.map(({ id, reason, ...asked }): Row => {
      const isWithdrawn = asked.kind === 'withdrawal';
      const terms = isWithdrawn ? asked.terms.was : asked.terms;
      const [what, from] =
        'charge' in terms ? [`${terms.charge} ${priceText(terms.price)}`, terms.valid.from] : [terms.amount, terms.on];
      return [state(isWithdrawn ? 'leaves' : 'waits'), id, what, from, reason];
    }),
    ...agreements.map(({ id, charge, price, from, reason }): Row => [
      state('agreed'),
      id,
      `${charge} ${priceText(price)}`,
      from,
      reason,
    ]),
    ...adjustments.map(({ id, amount, on, reason }): Row => [state('adjusted'), id, amount, on, reason]),
  ];
}

const priceText = (price: NegotiatedPrice['price']): string =>
  'pinned' in price ? price.pinned : 'percentOfList' in price ? `${price.percentOfList}%` : `−${price.offList}`;
