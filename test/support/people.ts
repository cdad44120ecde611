/** Who acts in a test: a tenant, and one person of each role. */
import type { Actor, Role } from '#runtime/access/actor.ts';
import { roles } from '#runtime/access/actor.ts';
import { createTenant } from '#runtime/access/tenants.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';

export type People = Readonly<Record<Role, Actor>> & { readonly tenantId: number };

let tenants = 0;

/** A new tenant in Asia/Tokyo with the legal entity 'main' (JPY) and one person of each role, in the database. */
export async function tenantWithPeople(app: App, code = `tenant-${(tenants += 1)}`): Promise<People> {
  const tenantId = await createTenant(app, {
    code,
    name: { ja: code, en: code },
    zone: 'Asia/Tokyo',
    legalEntities: [
      {
        id: 'main',
        name: { ja: `${code}株式会社`, en: `${code} Inc.` },
        registrationNumber: 'T1234567890123',
        currency: 'JPY',
        address: { ja: '東京都千代田区1-1', en: '1-1 Chiyoda, Tokyo' },
      },
    ],
  });
  const actors = roles.map((role) => personOf(tenantId, code, role));
  // Without a password: hashing six would cost every test file half a second. `createPerson` makes one who can sign in.
  await withScope(app, actors[0]!, async (tx) => {
    for (const { personId, email, name, roles: held } of actors) {
      await tx.sql(
        'insert into person (id, tenant_id, auth_user_id, email, name) values ($1, $2, gen_random_uuid(), $3, $4)',
        [personId, tenantId, email, name],
      );
      await tx.sql('insert into person_role (tenant_id, person_id, role) values ($1, $2, $3)', [
        tenantId,
        personId,
        held[0],
      ]);
    }
  });
  return { tenantId, ...(Object.fromEntries(actors.map((actor) => [actor.roles[0], actor])) as Record<Role, Actor>) };
}

function personOf(tenantId: number, code: string, role: Role): Actor {
  return {
    tenantId,
    personId: crypto.randomUUID(),
    name: role,
    email: `${role}@${code}.example`.toLowerCase(),
    locale: 'ja',
    roles: [role],
    via: 'session',
    confirmed: 'password',
  };
}
