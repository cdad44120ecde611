/** What a customer would pay if something changed: what can be tried, and what the address asks to try. */
import { mayDo } from '#runtime/access/permissions.ts';
import { simulateChange } from '#runtime/services/simulate-change.ts';
import { simulationChoices } from '#runtime/services/simulate-change-choices.ts';
import { entered } from '#lib/server/session.ts';
import { simulationQuery } from '#lib/server/simulation-query.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const customerId = event.params.id;
  const choices = await simulationChoices(app, actor, { customerId });
  const mayRead = mayDo(actor, 'customer.read');
  if ('problem' in choices)
    return { customerId, mayRead, problem: choices.problem, choices: null, result: null, from: '' };
  const { changes, from = choices.usual } = simulationQuery(event.url);
  const { signal } = event.request;
  const result = changes.length === 0 ? null : await simulateChange(app, actor, { customerId, changes, from, signal });
  return { crumb: choices.customer.name, customerId, mayRead, problem: null, choices, result, from };
};
