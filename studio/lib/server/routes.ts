/**
 * What must one be allowed to do to open a route? Every route says so here; one that is missing is closed to everybody.
 * Also called: route guard, access control list, 画面権限.
 */
import type { RouteId } from '$app/types';
import { mayDo, type Permission } from '#runtime/access/permissions.ts';
import type { Actor } from '#runtime/access/actor.ts';

/** 'anyone' needs no session; 'signedIn' any person's; else the permission, or all of several. */
export type Requirement = 'anyone' | 'signedIn' | Permission | readonly Permission[];

export const requirements = {
  '/': 'signedIn',
  '/sign-in': 'anyone',
  '/sign-out': 'anyone',
  '/welcome': 'anyone',
  '/preferences': 'anyone',
  '/search': 'signedIn',
  '/search/found': 'signedIn',
  '/rulesets': 'ruleset.read',
  '/rulesets/export.csv': 'ruleset.read',
  '/rulesets/[kind]/[id]': 'ruleset.read',
  '/rulesets/[kind]/[id]/coupons': 'coupon.write',
  '/rulesets/[kind]/[id]/draft': 'ruleset.readDrafts',
  '/rulesets/[kind]/[id]/draft/save': 'ruleset.draft',
  '/rulesets/[kind]/[id]/draft/cases': 'ruleset.draft',
  '/rulesets/[kind]/[id]/draft/table': 'ruleset.readDrafts',
  '/rulesets/[kind]/[id]/draft/release': 'ruleset.read',
  '/rulesets/[kind]/[id]/draft/customers': 'customer.find',
  '/rulesets/[kind]/[id]/draft/simulation': 'simulation.run',
  '/changes': 'ruleset.readDrafts',
  '/changes/export.csv': 'ruleset.readDrafts',
  '/changes/[id]': 'ruleset.readDrafts',
  '/changes/[id]/carry-over': 'ruleset.draft',
  '/changes/[id]/comparison': 'ruleset.readDrafts',
  '/customers': 'customer.find',
  '/customers/new': 'customer.write',
  '/customers/export.csv': 'customer.find',
  '/customers/[id]': 'customer.read',
  '/customers/[id]/usage.csv': 'usage.read',
  '/customers/[id]/change': 'customer.write',
  '/customers/[id]/order': 'order.place',
  '/customers/[id]/simulate': 'simulation.run',
  '/usage': 'usage.read',
  '/usage/export.csv': 'usage.read',
  '/usage/import': 'usage.import',
  '/usage/rejects': 'usage.read',
  '/usage/rejects/export.csv': 'usage.read',
  '/cycles': 'cycle.read',
  '/cycles/export.csv': 'cycle.read',
  '/cycles/[id]': 'cycle.read',
  '/cycles/[id]/progress': 'cycle.read',
  '/bills': 'bill.read',
  '/bills/export.csv': 'bill.read',
  '/bills/[id]': 'bill.read',
  '/bills/[id]/invoice': 'bill.read',
  '/bills/[id]/invoice.pdf': 'bill.read',
  '/bills/[id]/template': ['bill.read', 'ruleset.read'],
  '/bills/[id]/credits/[number]': 'bill.read',
  '/audit': 'audit.read',
  '/audit/export.csv': 'audit.read',
} as const satisfies Partial<Record<RouteId, Requirement>>;

/** What the route asks for, or undefined for one that is not in the table. */
export function requirementOf(route: string): Requirement | undefined {
  return Object.hasOwn(requirements, route)
    ? (requirements as Readonly<Record<string, Requirement>>)[route]
    : undefined;
}

/** Whether `actor`, or somebody without a session, may open a route with this requirement. */
export function mayOpen(actor: Pick<Actor, 'roles'> | null, requirement: Requirement): boolean {
  if (requirement === 'anyone') return true;
  if (actor === null) return false;
  return requirement === 'signedIn' || permissionsOf(requirement).every((permission) => mayDo(actor, permission));
}

/** The permissions that a requirement comes to, beyond a session. */
export function permissionsOf(requirement: Requirement): readonly Permission[] {
  if (requirement === 'anyone' || requirement === 'signedIn') return [];
  return typeof requirement === 'string' ? [requirement] : requirement;
}
