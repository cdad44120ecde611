/**
 * In which order is a bill worked out? Also called: rating and billing sequence, 計算順序, 料金計算の手順.
 *
 * The order is the contract: a discount never touches a penalty, a bound says whether it is judged before or after
 * discounts, and tax is owed on what is left. A phase writes only its own lines.
 */
import { allocation } from '#engine/tax/residue.ts';
import { taxOncePerRate } from '#engine/tax/consumption-tax.ts';
import { boundsOnList, boundsOnNet } from '#engine/bounds/bounds.ts';
import { holdBack } from '#engine/charges/first-part.ts';
import { listCharges } from '#engine/charges/list-charges.ts';
import { discounts } from '#engine/discounts/discounts.ts';
import { terminationCharges } from '#engine/penalties/termination.ts';
import { quantities } from '#engine/usage/quantities.ts';
import type { BillDraft, PhaseName } from './draft.ts';
import { adjustments } from './adjustments.ts';
import { versionsInForce } from './versions-in-force.ts';

export interface Phase {
  readonly name: PhaseName;
  readonly run: (draft: BillDraft) => void;
}

export const phases: readonly Phase[] = [
  { name: 'versionsInForce', run: versionsInForce },
  { name: 'quantities', run: quantities },
  { name: 'listCharges', run: listCharges },
  { name: 'boundsOnList', run: boundsOnList },
  { name: 'discounts', run: discounts },
  {
    name: 'boundsOnNet',
    run: (draft) => {
      boundsOnNet(draft);
      holdBack(draft);
    },
  },
  { name: 'terminationCharges', run: terminationCharges },
  { name: 'adjustments', run: adjustments },
  { name: 'taxOncePerRate', run: taxOncePerRate },
  { name: 'allocation', run: allocation },
];
