/**
 * Which person, with which roles, is behind a sign-in or a token?
 * Also called: person lookup, 担当者の特定.
 */
import type { Actor, Locale, Role } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';

type Found = { id: string; tenant_id: number; name: string; email: string; locale: Locale; roles: Role[] };

/** What each way of naming a person asks of the tables. */
const conditions = {
  authUser: 'p.auth_user_id = $1',
  email: 'p.email = $1',
  token: `exists (select from access_token t where t.tenant_id = p.tenant_id and t.person_id = p.id
                  and t.token_sha256 = $1 and t.revoked_at is null and t.expires_at > $2)`,
} as const;

/** The active person named by `values`, across tenants: who asks comes before which tenant is asked about. */
export async function findActor(
  app: Pick<App, 'authPool'>,
  by: keyof typeof conditions,
  values: readonly unknown[],
): Promise<Actor | null> {
  const { rows } = await app.authPool.query<Found>(
    `select p.id, p.tenant_id, p.name, p.email, p.locale,
            array(select r.role from person_role r where r.tenant_id = p.tenant_id and r.person_id = p.id order by r.role) as roles
     from person p where p.active and ${conditions[by]}`,
    [...values],
  );
  const [person] = rows;
  if (person === undefined) return null;
  const { id, tenant_id, ...rest } = person;
  return { ...rest, tenantId: tenant_id, personId: id, via: by === 'token' ? 'token' : 'session' };
}
