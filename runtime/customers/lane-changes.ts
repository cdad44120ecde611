/**
 * What happened to a product, and why: a sentence for each thing that changed from one stretch to the next?
 * Pure. Words under `contract.…`. Also called: contract events, 異動内容, 契約イベント.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { LaneStretch } from '#runtime/customers/contract-lanes.ts';
import type { Localized, Product } from '#schemas/generated/types.ts';

/** A code and its values; names are in both languages. */
export type Said = { readonly code: string; readonly values: Readonly<Record<string, string | Localized>> };

export type LaneChange = { readonly on: CivilDate; readonly sentence: Said };

/** From the first day of service to the last, in order of day. */
export function changesBetween(product: Product, stretches: readonly LaneStretch[]): LaneChange[] {
  const started = { on: product.startsOn, sentence: { code: 'contract.started', values: { event: product.event } } };
  const between = stretches.slice(1).flatMap((after, index) => changeOf(stretches[index]!, after));
  const { endsOn, endReason = 'none' } = product;
  const ended =
    endsOn === null
      ? []
      : [{ on: endsOn, sentence: { code: 'contract.ended', values: { reason: endReason, kind: kindOf(endReason) } } }];
  return [started, ...between, ...ended];
}

/** 'moved-out-of-area' as messages choose by it: 'movedOutOfArea'. */
const kindOf = (reason: string): string => reason.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function changeOf(before: LaneStretch, after: LaneStretch): LaneChange[] {
  const sentences: Said[] = [];
  if (after.offering !== before.offering) {
    sentences.push({ code: 'contract.offering', values: { before: before.offeringName, after: after.offeringName } });
  } else if (after.plan !== null && after.plan.version !== before.plan?.version) {
    const values = {
      before: String(before.plan?.version ?? 'none'),
      after: String(after.plan.version),
      boundBy: after.boundBy,
    };
    sentences.push({ code: 'contract.planVersion', values });
  }
  if (after.status !== before.status)
    sentences.push({ code: `contract.${after.status === 'suspended' ? 'suspended' : 'resumed'}`, values: {} });
  if (after.quantity !== before.quantity)
    sentences.push({ code: 'contract.quantity', values: { before: before.quantity, after: after.quantity } });
  return sentences.map((sentence) => ({ on: after.from, sentence }));
}
