/** One bill as the paper it becomes; `?line=` asks why that line has its amount. */
import { explainLine } from '#runtime/services/explain-line.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const billId = event.params.id;
  const lineId = event.url.searchParams.get('line');
  const { products, ...shown } = await showBill(app, actor, { billId });
  return {
    crumb: shown.document?.number ?? `${shown.bill.account} · ${shown.cycle.month}`,
    shown,
    products: Object.fromEntries(products.map(({ id, ...product }) => [id, product])),
    lineId,
    // The bill is computed again to explain it; the paper does not wait for that.
    explanation: lineId === null ? null : explainLine(app, actor, { billId, lineId }),
  };
};
