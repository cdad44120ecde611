/**
 * Who may be chosen on the sign-in page of a demo? Nobody on an installation that is in use: names and roles are not for strangers.
 * Also called: demo accounts, デモの担当者.
 */
import type { Role } from '#runtime/access/actor.ts';
import { tenants, type Localized } from '#runtime/access/tenants.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { isDemo } from '#runtime/demo/seed.ts';

export type DemoPerson = { readonly name: string; readonly email: string; readonly roles: readonly Role[] };
export type DemoOperator = { readonly name: Localized; readonly people: readonly DemoPerson[] };

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The people of each demo operator, without their password; nobody as soon as one operator is a real one. */
export async function demoSignIns(app: App): Promise<DemoOperator[]> {
  const present = await tenants(app);
  if (!present.every(isDemo)) return [];
  return Promise.all(
    present.map(async ({ id, name }) => ({
      name,
      people: await withScope(app, { tenantId: id, personId: NOBODY }, (tx) =>
        tx.sql<DemoPerson>(
          `select p.name, p.email, array(select r.role from person_role r where r.person_id = p.id order by r.role) as roles
           from person p where p.active order by p.created_at, p.email`,
        ),
      ),
    })),
  );
}
