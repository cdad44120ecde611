/** What each role may do (権限表), as the business signed it. */
import { describe, expect, it } from 'vitest';
import { roles, type Role } from '#runtime/access/actor.ts';
import { authorize, Forbidden, mayDo, permissions, type Permission } from '#runtime/access/permissions.ts';

// permission          product manager, approver, operator, billing manager, auditor, administrator
// prettier-ignore
const matrix: Record<Permission, string> = {
  'ruleset.read':     'yes yes yes yes yes -  ',
  'ruleset.publish':  '-   yes -   -   -   -  ',
  'ruleset.draft':    'yes -   -   -   -   -  ',
  'ruleset.review':   '-   yes -   -   -   -  ',
  'ruleset.approve':  '-   yes -   -   -   -  ',
  'ruleset.readDrafts': 'yes yes -   -   yes -  ',
  'coupon.write':     'yes -   -   -   -   -  ',
  'customer.find':    'yes yes yes yes yes -  ',
  'customer.read':    '-   -   yes yes yes -  ',
  'customer.write':   '-   -   yes yes -   -  ',
  'order.place':      '-   -   yes yes -   -  ',
  'simulation.run':   'yes yes yes yes yes -  ',
  'figures.read':     'yes yes yes yes yes -  ',
  'usage.import':     '-   -   yes yes -   -  ',
  'usage.correct':    '-   -   yes yes -   -  ',
  'usage.void':       '-   -   -   yes -   -  ',
  'usage.read':       '-   -   yes yes yes -  ',
  'cycle.read':       '-   -   yes yes yes -  ',
  'cycle.open':       '-   -   yes yes -   -  ',
  'cycle.run':        '-   -   yes yes -   -  ',
  'cycle.close':      '-   -   -   yes -   -  ',
  'bill.read':        '-   -   yes yes yes -  ',
  'concession.ask':   '-   -   yes yes -   -  ',
  'concession.grant': '-   -   -   yes -   -  ',
  'agreement.write':  '-   -   -   yes -   -  ',
  'adjustment.write': '-   -   -   yes -   -  ',
  'credit.ask':       '-   -   yes yes -   -  ',
  'credit.issue':     '-   -   -   yes -   -  ',
  'audit.read':       '-   -   -   -   yes yes',
  'person.read':      '-   -   -   -   yes yes',
  'person.manage':    '-   -   -   -   -   yes',
  'token.manage':     '-   -   -   -   -   yes',
};
const rows = Object.entries(matrix).flatMap(([permission, cells]) =>
  cells
    .trim()
    .split(/\s+/)
    .map((cell, column): [Role, Permission, boolean] => [roles[column]!, permission as Permission, cell === 'yes']),
);

it('has a row for every permission there is', () => {
  expect(Object.keys(matrix).toSorted()).toEqual(Object.keys(permissions).toSorted());
  expect(rows).toHaveLength(Object.keys(permissions).length * roles.length);
});

describe('role by permission', () => {
  it.each(rows)('%s, %s: %s', (role, permission, allowed) => {
    expect(mayDo({ roles: [role] }, permission)).toBe(allowed);
  });
});

it('allows what any of several roles allows', () => {
  expect(mayDo({ roles: ['auditor', 'billingManager'] }, 'cycle.close')).toBe(true);
});

it('allows nothing without a role', () => {
  for (const permission of Object.keys(permissions) as Permission[]) {
    expect(() => authorize({ roles: [] }, permission)).toThrow(Forbidden);
  }
});
