/**
 * What may each role do?
 * Also called: authorisation, permission matrix, RBAC, 権限, 権限表, 職務分掌.
 * Denied unless listed. That who runs a cycle may not close it, who wrote a change may not approve it, and who asks for a credit may not issue it,
 * are the rules of cycles and changes themselves: they concern persons, not roles.
 */
import type { Actor, Role } from '#runtime/access/actor.ts';
import { Refusal } from '#runtime/services/refusal.ts';

const everyone = ['productManager', 'approver', 'operator', 'billingManager', 'auditor'] as const;

export const permissions = {
  'ruleset.read': everyone,
  'ruleset.publish': ['approver'],
  'ruleset.draft': ['productManager'],
  'ruleset.review': ['approver'],
  'ruleset.approve': ['approver'],
  'ruleset.readDrafts': ['productManager', 'approver', 'auditor'],
  'coupon.write': ['productManager'],
  'customer.find': everyone,
  'customer.read': ['operator', 'billingManager', 'auditor'],
  'customer.write': ['operator', 'billingManager'],
  'order.place': ['operator', 'billingManager'],
  'simulation.run': everyone,
  'figures.read': everyone,
  'usage.import': ['operator', 'billingManager'],
  'usage.correct': ['operator', 'billingManager'],
  'usage.void': ['billingManager'],
  'usage.read': ['operator', 'billingManager', 'auditor'],
  'cycle.read': ['operator', 'billingManager', 'auditor'],
  'cycle.open': ['operator', 'billingManager'],
  'cycle.run': ['operator', 'billingManager'],
  'cycle.close': ['billingManager'],
  'bill.read': ['operator', 'billingManager', 'auditor'],
  'concession.ask': ['operator', 'billingManager'],
  'concession.grant': ['billingManager'],
  'agreement.write': ['billingManager'],
  'adjustment.write': ['billingManager'],
  'credit.ask': ['operator', 'billingManager'],
  'credit.issue': ['billingManager'],
  'audit.read': ['auditor', 'administrator'],
  'person.read': ['auditor', 'administrator'],
  'person.manage': ['administrator'],
  'token.manage': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** The actor's roles do not allow what was asked. */
export class Forbidden extends Refusal {
  constructor(permission: Permission) {
    super('forbidden', { permission }, 403);
    this.name = 'Forbidden';
  }
}

/** Whether any of the roles allows `permission`. */
export function mayDo(actor: Pick<Actor, 'roles'>, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return actor.roles.some((role) => allowed.includes(role));
}

/** Throws Forbidden unless the actor may do it. The first line of every service. */
export function authorize(actor: Pick<Actor, 'roles'>, permission: Permission): void {
  if (!mayDo(actor, permission)) throw new Forbidden(permission);
}
