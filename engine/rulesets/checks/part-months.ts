/**
 * Do the settings of part months and of suspension of a charge go together?
 * Also called: pro-rata check, 日割・休止の設定の検査.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Proration, QuantityCharge, RecurringCharge } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';

export const checkPartMonths: Check = (ruleset, _known, report) => {
  if (ruleset.kind !== 'ratePlan') return;
  ruleset.body.charges.forEach((charge, index) => {
    const path = `/body/charges/${index}`;
    if (charge.type === 'cyclic' && charge.first === 'partUpToAnchor' && charge.anchor === undefined)
      report('setting-without-effect', below(path, 'first'), { setting: 'first: partUpToAnchor', needs: 'anchor' });
    if (charge.type !== 'recurring' && charge.type !== 'quantity') return;
    checkSuspension(charge, path, report);
    checkProration(charge.proration, below(path, 'proration'), report);
  });
};

function checkSuspension(charge: RecurringCharge | QuantityCharge, path: string, report: Report): void {
  const { whileSuspended = 'charge', suspensionFee, longestSuspensionMonths } = charge;
  if (whileSuspended === 'fee' && suspensionFee === undefined)
    report('suspension-fee-missing', below(path, 'whileSuspended'));
  const isIdle = (setting: string, needs: string): void =>
    report('setting-without-effect', below(path, setting), { setting, needs });
  if (whileSuspended !== 'fee' && suspensionFee !== undefined) isIdle('suspensionFee', 'whileSuspended: fee');
  if (whileSuspended === 'charge' && longestSuspensionMonths !== undefined)
    isIdle('longestSuspensionMonths', 'whileSuspended: free, fee');
}

function checkProration(proration: Proration, path: string, report: Report): void {
  const { start, end, change, dayOfChange, arithmetic, dailyRounding, firstBill, firstDay, lastDay } = proration;
  const isIdle = (setting: string, needs: string): void =>
    report('setting-without-effect', below(path, setting), { setting, needs });
  if (dailyRounding !== undefined && arithmetic !== 'dailyRateFirst')
    isIdle('dailyRounding', 'arithmetic: dailyRateFirst');
  if (firstBill === 'withNext' && start === 'free') isIdle('firstBill', 'start: byDay, full');
  if (dayOfChange === 'old' && change !== 'byDay') isIdle('dayOfChange', 'change: byDay');
  if (firstDay === 'notCounted' && start !== 'byDay') isIdle('firstDay', 'start: byDay');
  if (lastDay === 'notCounted' && end !== 'byDay') isIdle('lastDay', 'end: byDay');
}
