/**
 * What does the demo say about customers and what they hold? Plain values, as they will stand in the tables.
 * Also called: sample customers, seed data, デモデータ, 契約者.
 */
import type { CivilDate, ProductEvent } from '#schemas/generated/types.ts';

export type Population = { readonly legalEntity: string; readonly customers: readonly DemoCustomer[] };

export type DemoCustomer = {
  readonly number: string;
  readonly type: 'individual' | 'corporate';
  readonly name: string;
  readonly kana: string;
  readonly birthDate: CivilDate | null;
  readonly address: string;
  readonly since: CivilDate;
  readonly billingCycle: string;
  readonly products: readonly DemoProduct[];
};

export type DemoProduct = {
  readonly id: string;
  readonly event: ProductEvent;
  readonly appliedOn: CivilDate;
  readonly tenureFrom: CivilDate;
  /** The number by which usage files name it. */
  readonly identifier: string | null;
  /** In order of day, without a gap. */
  readonly history: readonly DemoStretch[];
  /** What was believed before it was put right, when it was. */
  readonly believedBefore?: readonly DemoStretch[];
  readonly grants: readonly string[];
};

export type DemoStretch = {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly offering: string;
  readonly ratePlanVersion: number | null;
  readonly boundBy: 'order' | 'grandfather';
  readonly quantity: string;
  readonly status: 'active' | 'suspended';
  readonly endReason: string | null;
};

/** Whether the product is served and not suspended on the day. */
export function isActiveOn(product: DemoProduct, day: CivilDate): boolean {
  return product.history.some(
    ({ from, to, status }) => status === 'active' && from <= day && (to === null || day < to),
  );
}
