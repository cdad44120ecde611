/** An order for a customer: what can be ordered, what the address describes and would cost, and placing it. */
import { fail, redirect } from '@sveltejs/kit';
import { orderChoices } from '#runtime/services/order-choices.ts';
import { placeOrder } from '#runtime/services/place-order.ts';
import { previewOrder } from '#runtime/services/preview-order.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { orderQuery } from '#lib/server/order-query.ts';
import { orRefused, refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const customerId = event.params.id;
  const choices = await orderChoices(app, actor, { customerId });
  if ('problem' in choices)
    return {
      customerId,
      problem: choices.problem,
      choices: null,
      kind: 'addProduct' as const,
      result: null,
      refusal: '',
    };
  const { kind, order } = orderQuery(event.url, choices.nextProduct);
  const shown = { crumb: choices.customer.name, customerId, problem: null, choices, kind };
  if (order === undefined) return { ...shown, result: null, refusal: '' };
  try {
    const { signal } = event.request;
    return { ...shown, result: await previewOrder(app, actor, { customerId, order, signal }), refusal: '' };
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return { ...shown, result: null, refusal: refusalText(problem, event.locals.locale) };
  }
};

export const actions = {
  place: async (event) => {
    const { app, actor } = entered(event);
    const customerId = event.params.id;
    const form = await event.request.formData();
    const placed = await orRefused(event.locals.locale, async () => {
      const choices = await orderChoices(app, actor, { customerId });
      const { order } = orderQuery(event.url, 'problem' in choices ? '' : choices.nextProduct);
      if (order === undefined) return { refusals: [] };
      return placeOrder(app, actor, { customerId, order, reason: String(form.get('reason') ?? '') });
    });
    if ('status' in placed) return placed;
    if ('refusals' in placed)
      return fail(409, { refusal: { code: 'order', text: wordsOf(event.locals.locale)('order.changedMeanwhile') } });
    redirect(303, `/customers/${encodeURIComponent(customerId)}?placed=${encodeURIComponent(placed.order)}`);
  },
} satisfies Actions;
