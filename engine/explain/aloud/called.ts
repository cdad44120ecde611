/**
 * What is a product called on a bill that is read out? By its offering of the last day billed; not at all where the group has one only.
 * Also called: product name, 商品名の読み.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, Bill, Localized } from '#schemas/generated/types.ts';

export function calledIn(
  { products }: Pick<AccountDocument, 'products'>,
  { period }: Bill,
  release: Release,
): (product: string) => Localized | undefined {
  return (id) => {
    const product = products.length > 1 ? products.find((each) => each.id === id) : undefined;
    if (product === undefined) return undefined;
    const held = product.history?.findLast((change) => change.offering !== undefined && change.from < period.end);
    const offering = held?.offering ?? product.offering;
    const ofDay = release.inForce('offering', offering, addDays(period.end, -1));
    return (ofDay ?? release.versions('offering', offering).at(-1))?.name;
  };
}
