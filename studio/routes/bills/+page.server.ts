/** The bills that the address asks for. */
import { listBills } from '#runtime/services/list-bills.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { billQuery } from '#lib/server/bill-query.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const query = billQuery(event.url);
  const [{ rows, ...page }, cycles] = await Promise.all([
    listBills(app, actor, query),
    listCycles(app, actor, { pageSize: 500 }),
  ]);
  return {
    rows,
    page,
    order: { by: query.sort, descending: query.descending },
    cycles: cycles.rows.map(({ id, month, billingCycleName }) => ({ id, month, name: billingCycleName })),
  };
};
