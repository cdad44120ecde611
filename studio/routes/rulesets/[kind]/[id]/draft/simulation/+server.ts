/** A customer as the simulator bills them: with the months to come, and what is assumed of them. */
import { simulationInput } from '#runtime/services/simulation-input.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { searchParams } = event.url;
  const customerId = searchParams.get('customer') ?? '';
  const input = await simulationInput(app, actor, { customerId, months: Number(searchParams.get('months') ?? '3') });
  if ('problem' in input) return Response.json(input);
  const { locale } = event.locals;
  const assumptions = input.assumptions.map(({ code, values }) => ({
    code,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value[locale]]),
    ),
  }));
  return Response.json({ document: input.document, assumptions });
};
