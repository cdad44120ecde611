/**
 * What does the demo say about customers and what they hold? Plain values on both clocks: what held from day to day, and
 * the days on which it became known. Also called: sample customers, seed data, bitemporal facts, デモデータ, 契約者, 契約履歴.
 */
import type { CivilDate, ProductEvent } from '#schemas/generated/types.ts';

export type Population = { readonly legalEntity: string; readonly customers: readonly DemoCustomer[] };

/** The day on which something became known, and the one from which something else was known instead. */
export type Known = { readonly knownOn: CivilDate; readonly knownUntil: CivilDate | null };

export type DemoCustomer = {
  readonly number: string;
  readonly type: 'individual' | 'corporate';
  readonly name: string;
  readonly kana: string;
  readonly birthDate: CivilDate | null;
  readonly billingCycle: string;
  /** Where bills go. */
  readonly addresses: readonly DemoAddress[];
  readonly products: readonly DemoProduct[];
};

export type DemoAddress = Known & {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly address: string;
};

export type DemoProduct = {
  readonly id: string;
  readonly event: ProductEvent;
  readonly appliedOn: CivilDate;
  readonly tenureFrom: CivilDate;
  /** The number by which usage files name it. */
  readonly identifier: string | null;
  /** All that was ever known of it, in the order in which it became known. */
  readonly history: readonly DemoStretch[];
  readonly grants: readonly string[];
};

export type DemoStretch = Known & {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  readonly offering: string;
  readonly ratePlanVersion: number | null;
  readonly boundBy: 'order' | 'grandfather';
  readonly quantity: string;
  readonly status: 'active' | 'suspended';
  readonly endReason: string | null;
};

/** What is known of the product at last: in order of day, without a gap. */
export function heldStretches({ history }: DemoProduct): readonly DemoStretch[] {
  return history.filter(({ knownUntil }) => knownUntil === null).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The day on which anything was first known of the product: that of its order. */
export const registeredOn = ({ history }: DemoProduct): CivilDate => history[0]!.knownOn;

/** What held on the day, as is known at last. */
export function stretchOn(stretches: readonly DemoStretch[], day: CivilDate): DemoStretch | undefined {
  return stretches.find(({ from, to }) => from <= day && (to === null || day < to));
}
