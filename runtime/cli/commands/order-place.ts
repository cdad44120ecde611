/**
 * Place an order for a customer, or show what it would cost. Also called: product order, 申込みの登録.
 */
import type { Said } from '#runtime/customers/lane-changes.ts';
import { placeOrder } from '#runtime/services/place-order.ts';
import { previewOrder } from '#runtime/services/preview-order.ts';
import type { MessageValues, Words } from '#schemas/messages/render.ts';
import type { ProductOrder } from '#schemas/generated/types.ts';
import { asTokenHolder } from '../acting-person.ts';
import { required, word, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, reason: { type: 'string' }, preview: { type: 'boolean' } },
  async run(call) {
    const customerId = word(call, 0, 'CUSTOMER');
    const isPreview = call.options['preview'] === true;
    const reason = isPreview ? '' : required(call, 'reason');
    const order = (await jsonInput(call)) as ProductOrder;
    return asTokenHolder(call, async (app, actor) => {
      const { say } = call;
      const found = isPreview
        ? await previewOrder(app, actor, { customerId, order })
        : await placeOrder(app, actor, { customerId, order, reason });
      if ('refusals' in found)
        return { json: found, text: said(say, 'cli.order-place.refused', found.refusals), exit: 1 };
      if ('problem' in found) {
        const { code, values } = found.problem;
        return { json: found, text: say.render(`diagnostic.${code}`, values as MessageValues), exit: 1 };
      }
      if ('months' in found) return { json: found, text: said(say, 'cli.order-place.preview', found.sentences) };
      const values = { ...found, customer: customerId, products: found.products.join(', ') };
      const done = say.render('cli.order-place.done', values as unknown as MessageValues);
      return { json: found, text: [done, ...sentences(say, found.notes)].join('\n') };
    });
  },
};

const sentences = (say: Words, all: readonly Said[]): string[] =>
  all.map(({ code, values }) => `- ${say.render(code, values)}`);

const said = (say: Words, heading: string, all: readonly Said[]): string =>
  [say.render(heading), ...sentences(say, all)].join('\n');
