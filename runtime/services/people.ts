/**
 * Who works here, in which roles, and how is somebody added?
 * Also called: user management, staff list, 担当者一覧, 担当者の追加, 権限付与.
 */
import type { Actor, Role } from '#runtime/access/actor.ts';
import { createPerson } from '#runtime/access/create-person.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';

export type PersonListed = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly active: boolean;
  readonly roles: readonly Role[];
};

/** Everybody of the tenant, by name. */
export async function listPeople(app: App, actor: Actor): Promise<PersonListed[]> {
  authorize(actor, 'person.read');
  return withScope(app, actor, (tx) =>
    tx.sql<PersonListed>(
      `select p.id, p.name, p.email, p.active, array(select r.role from person_role r where r.person_id = p.id order by r.role) as roles
       from person p order by p.name, p.email`,
    ),
  );
}

export type PersonToAdd = {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly password: string;
};

/** Adds a person who signs in with `password`. Refused with `email-taken` or `password-too-short`. */
export async function addPerson(app: App, actor: Actor, person: PersonToAdd): Promise<{ readonly id: string }> {
  authorize(actor, 'person.manage');
  const id = await createPerson(app, { ...person, tenantId: actor.tenantId }, (tx, personId) =>
    record(tx, actor, {
      action: 'person.added',
      object: `person/${personId}`,
      details: { email: person.email, roles: person.roles },
    }),
  );
  return { id };
}
