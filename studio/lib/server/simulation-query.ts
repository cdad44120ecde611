/**
 * Which changes does the address ask to try on a customer?
 * The form is a plain GET form, so that a simulation is a link that one may send. Also called: what-if parameters, 試算の条件.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import type { Change } from '#runtime/simulation/changes.ts';
import { textOf } from '#lib/lists/address.ts';

export type SimulationQuery = { readonly changes: readonly Change[]; readonly from: string | undefined };

export function simulationQuery(url: URL): SimulationQuery {
  const product = textOf(url, 'product');
  const offering = textOf(url, 'offering');
  const added = textOf(url, 'add');
  const ended = textOf(url, 'end');
  const campaign = textOf(url, 'campaign');
  const from = textOf(url, 'from');
  const changes: Change[] = [];
  if (product !== undefined && offering !== undefined) changes.push({ kind: 'changeOffering', product, offering });
  if (added !== undefined) changes.push({ kind: 'addProduct', offering: added });
  if (ended !== undefined) changes.push({ kind: 'endProduct', product: ended });
  if (product !== undefined && campaign !== undefined) {
    const coupon = textOf(url, 'coupon');
    changes.push({ kind: 'grantCampaign', product, campaign, ...(coupon !== undefined && { coupon }) });
  }
  return { changes, from: from !== undefined && isCivilDate(from) ? from : undefined };
}
