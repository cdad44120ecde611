/** One customer: contracts, orders, what was agreed, bills, usage, and the rules that hold now. */
import { adjustAccount, takeBackAdjustment } from '#runtime/services/adjust-account.ts';
import { agreePrice, endAgreement } from '#runtime/services/agree-price.ts';
import { declineConcession, grantConcession } from '#runtime/services/decide-concession.ts';
import { moveChoices } from '#runtime/services/move-choices.ts';
import { moveCustomer } from '#runtime/services/move-customer.ts';
import { listOrders } from '#runtime/services/list-orders.ts';
import { undoOrder } from '#runtime/services/place-order.ts';
import { showCustomer } from '#runtime/services/show-customer.ts';
import { termsOfCustomer } from '#runtime/services/terms-of-customer.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { adjustmentOf, agreementOf, endOf } from '#lib/server/terms-form.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const customerId = event.params.id;
  const mayChange = mayDo(actor, 'customer.write');
  const [customer, orders, terms, moves] = await Promise.all([
    showCustomer(app, actor, { customerId }),
    listOrders(app, actor, { customerId }),
    termsOfCustomer(app, actor, { customerId }),
    mayChange ? moveChoices(app, actor, { customerId }) : [],
  ]);
  return {
    crumb: customer.name,
    customer,
    orders,
    terms,
    personId: actor.personId,
    placed: event.url.searchParams.get('placed'),
    changed: event.url.searchParams.get('changed'),
    mayChange,
    moves,
    maySimulate: mayDo(actor, 'simulation.run'),
    mayOrder: mayDo(actor, 'order.place'),
    mayAsk: mayDo(actor, 'concession.ask'),
    mayGrant: mayDo(actor, 'concession.grant'),
  };
};

type ActionEvent = Parameters<NonNullable<Actions[string]>>[0];

export const actions = {
  undoOrder: (event) =>
    step(event, 'order.takenBack', ({ app, actor }, customerId, form) =>
      undoOrder(app, actor, { customerId, order: textOf(form, 'order'), reason: textOf(form, 'reason') }),
    ),
  moveCustomer: (event) =>
    step(event, 'customer.move.done', ({ app, actor }, customerId, form) =>
      moveCustomer(app, actor, {
        customerId,
        move: { billingCycle: textOf(form, 'billingCycle'), month: textOf(form, 'month') },
        reason: textOf(form, 'reason'),
      }),
    ),
  agreePrice: (event) =>
    step(event, 'terms.done.ask', ({ app, actor }, customer, form) =>
      agreePrice(app, actor, { customer, agreement: agreementOf(form), reason: textOf(form, 'reason') }),
    ),
  adjustAccount: (event) =>
    step(event, 'terms.done.adjust', ({ app, actor }, customer, form) =>
      adjustAccount(app, actor, { customer, adjustment: adjustmentOf(form), reason: textOf(form, 'reason') }),
    ),
  grantConcession: (event) =>
    step(event, 'terms.done.grant', ({ app, actor }, _, form) =>
      grantConcession(app, actor, { concession: textOf(form, 'concession') }),
    ),
  declineConcession: (event) =>
    step(event, 'terms.done.decline', ({ app, actor }, _, form) =>
      declineConcession(app, actor, { concession: textOf(form, 'concession') }),
    ),
  endAgreement: (event) =>
    step(event, ofTwo('terms.done.end'), ({ app, actor }, customer, form) =>
      endAgreement(app, actor, {
        ...{ customer, agreement: textOf(form, 'id'), reason: textOf(form, 'reason') },
        ...endOf(form),
      }),
    ),
  takeBackAdjustment: (event) =>
    step(event, ofTwo('terms.done.takeBack'), ({ app, actor }, customer, form) =>
      takeBackAdjustment(app, actor, { customer, adjustment: textOf(form, 'id'), reason: textOf(form, 'reason') }),
    ),
} satisfies Actions;

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '');

type Done =
  | 'order.takenBack'
  | 'customer.move.done'
  | `terms.done.${'ask' | 'adjust' | 'grant' | 'decline' | 'end' | 'takeBack' | 'ask.withdrawal'}`;

/** What waits for a second person says so. */
const ofTwo =
  (done: Done) =>
  ({ concession }: { readonly concession: string | null }): Done =>
    concession === null ? done : 'terms.done.ask.withdrawal';

function step<T>(
  event: ActionEvent,
  done: Done | ((made: T) => Done),
  work: (by: ReturnType<typeof entered>, customer: string, form: FormData) => Promise<T>,
) {
  return orRefused(event.locals.locale, async () => {
    const made = await work(entered(event), event.params.id ?? '', await event.request.formData());
    return { done: wordsOf(event.locals.locale)(typeof done === 'function' ? done(made) : done) };
  });
}
