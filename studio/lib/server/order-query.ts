/**
 * Which order does the address describe?
 * The form is a plain GET form: what was previewed under an address is what is placed under it. Also called: order parameters, 申込内容.
 */
import { isCivilDate } from '#engine/calendar/civil-date.ts';
import { orderKinds } from '#lib/customers/order-kinds.ts';
import { textOf } from '#lib/lists/address.ts';
import type { OrderedChange, ProductEvent, ProductOrder } from '#schemas/generated/types.ts';

export type OrderQuery = {
  readonly kind: OrderedChange['kind'];
  /** Undefined until enough is chosen. */
  readonly order: ProductOrder | undefined;
};

/** `nextProduct` is the number of a product that is added. */
export function orderQuery(url: URL, nextProduct: string): OrderQuery {
  const asked = textOf(url, 'kind');
  const kind = orderKinds.find((each) => each === asked) ?? 'addProduct';
  const changes = changesOf(url, kind, nextProduct);
  if (changes.length === 0) return { kind, order: undefined };
  const [from, appliedOn, channel] = [dayOf(url, 'from'), dayOf(url, 'appliedOn'), textOf(url, 'channel')];
  return {
    kind,
    order: {
      changes,
      ...(from !== undefined && { from }),
      ...(appliedOn !== undefined && { appliedOn }),
      ...(channel !== undefined && { channel }),
    },
  };
}

function dayOf(url: URL, key: string): string | undefined {
  const value = textOf(url, key);
  return value !== undefined && isCivilDate(value) ? value : undefined;
}

function changesOf(url: URL, kind: OrderedChange['kind'], nextProduct: string): OrderedChange[] {
  const [product, offering, quantity] = [textOf(url, 'product'), textOf(url, 'offering'), textOf(url, 'quantity')];
  const campaign = textOf(url, 'campaign');
  const documentReceivedOn = dayOf(url, 'documentReceivedOn');
  const received = documentReceivedOn === undefined ? {} : { documentReceivedOn };
  const granted = (to: string): OrderedChange[] =>
    campaign === undefined ? [] : [{ kind: 'grantCampaign', product: to, campaign, ...couponOf(url) }];
  if (kind === 'addProduct') {
    if (offering === undefined) return [];
    const [identifier, further] = [textOf(url, 'identifier'), textOf(url, 'further')];
    const event = textOf(url, 'event') as ProductEvent | undefined;
    return [
      {
        ...{ kind, offering, product: nextProduct },
        ...(quantity !== undefined && { quantity }),
        ...(event !== undefined && { event }),
        ...(identifier !== undefined && { identifier }),
        ...received,
      },
      ...(further === undefined ? [] : [{ kind, offering: further }]),
      ...granted(nextProduct),
    ];
  }
  if (product === undefined) return [];
  switch (kind) {
    case 'changeOffering':
      return offering === undefined ? [] : [{ kind, product, offering }, ...granted(product)];
    case 'changeQuantity':
      return quantity === undefined ? [] : [{ kind, product, quantity }];
    case 'suspendProduct':
    case 'resumeProduct':
      return [{ kind, product }];
    case 'endProduct': {
      const reason = textOf(url, 'reason');
      return [{ kind, product, ...(reason !== undefined && { reason }), ...received }];
    }
    case 'grantCampaign':
      return granted(product);
  }
}

function couponOf(url: URL): { readonly coupon?: string } {
  const coupon = textOf(url, 'coupon');
  return coupon === undefined ? {} : { coupon };
}
