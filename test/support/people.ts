/** Who acts in a test: a tenant, and one person of each role. */
import type { Actor, Role } from '#runtime/access/actor.ts';
import { roles } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';

export type People = Readonly<Record<Role, Actor>> & { readonly tenantId: number };

let tenants = 0;

/** A new tenant in Asia/Tokyo with the legal entity 'main' (JPY) and one person of each role, in the database. */
export async function tenantWithPeople(app: App, code = `tenant-${(tenants += 1)}`): Promise<People> {
  const { rows } = await app.appPool.query<{ id: number }>(`select nextval(pg_get_serial_sequence('tenant', 'id'))::int as id`);
  const tenantId = rows[0]!.id;
  const actors = roles.map((role) => personOf(tenantId, code, role));
  await withScope(app, { tenantId, personId: actors[0]!.personId }, async (tx) => {
    const name = JSON.stringify({ ja: code, en: code });
    await tx.sql(`insert into tenant (id, code, name, zone) overriding system value values ($1, $2, $3, 'Asia/Tokyo')`, [tenantId, code, name]);
    await tx.sql(
      `insert into legal_entity (tenant_id, id, name, registration_number, currency, address)
       values ($1, 'main', $2, 'T1234567890123', 'JPY', $3)`,
      [tenantId, name, JSON.stringify({ ja: '東京都千代田区1-1', en: '1-1 Chiyoda, Tokyo' })],
    );
    for (const { personId, email, name: called, roles: held } of actors) {
      await tx.sql(`insert into person (id, tenant_id, auth_user_id, email, name) values ($1, $2, gen_random_uuid(), $3, $4)`, [personId, tenantId, email, called]);
      for (const role of held) await tx.sql(`insert into person_role (tenant_id, person_id, role) values ($1, $2, $3)`, [tenantId, personId, role]);
    }
  });
  return { tenantId, ...(Object.fromEntries(actors.map((actor) => [actor.roles[0], actor])) as Record<Role, Actor>) };
}

function personOf(tenantId: number, code: string, role: Role): Actor {
  return { tenantId, personId: crypto.randomUUID(), name: role, email: `${role}@${code}.example`, locale: 'ja', roles: [role], via: 'session' };
}
