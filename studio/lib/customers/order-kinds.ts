/**
 * What can be ordered for a customer, in the order in which it is offered?
 * Also called: order item action, 申込の種類.
 */
import type { OrderedChange } from '#schemas/generated/types.ts';

export const orderKinds = [
  'addProduct',
  'changeOffering',
  'changeQuantity',
  'suspendProduct',
  'resumeProduct',
  'endProduct',
  'grantCampaign',
] as const satisfies readonly OrderedChange['kind'][];
