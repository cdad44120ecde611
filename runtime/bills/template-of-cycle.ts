/**
 * By which template are the bills of a cycle laid out? The one that its billing cycle names, as the release that billed holds it.
 * Also called: invoice template, 請求書の様式.
 */
import type { Release, RulesetOf } from '#engine/rulesets/release.ts';
import type { FrozenCycle } from '#runtime/cycles/members.ts';

/** Undefined when the billing cycle names none, or none is in force in the month. */
export function templateOfCycle(
  release: Release,
  { month, billingCycle }: Pick<FrozenCycle, 'month' | 'billingCycle'>,
): RulesetOf<'invoiceTemplate'> | undefined {
  const day = `${month}-01`;
  const template = release.inForce('billingCycle', billingCycle, day)?.body.invoiceTemplate;
  return template === undefined ? undefined : release.inForce('invoiceTemplate', template, day);
}
