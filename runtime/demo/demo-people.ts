/**
 * Who works at the demo's operators? One person a role, all with one password that is made at seeding and kept for its owner only.
 * Also called: demo accounts, sign-in, デモ用アカウント, 初期パスワード.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, Locale, Role } from '#runtime/access/actor.ts';
import { authOf } from '#runtime/access/auth.ts';
import { createPerson } from '#runtime/access/create-person.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';

export type DemoPeople = Readonly<Record<Role, Actor>>;

/** The people of one operator, by role; `host` is the part of their addresses after the @. */
export type Staff = {
  readonly host: string;
  readonly locale: Locale;
  readonly names: Readonly<Record<Role, string>>;
};

/** How each role's address begins. */
const addresses: Readonly<Record<Role, string>> = {
  productManager: 'product',
  approver: 'approver',
  operator: 'operator',
  billingManager: 'billing',
  auditor: 'auditor',
  administrator: 'admin',
};

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Makes who is not there yet; a second time it finds them all. */
export async function demoPeople(app: App, tenantId: number, staff: Staff, password: string): Promise<DemoPeople> {
  const roles = Object.keys(addresses) as Role[];
  // All at once: making a password takes a tenth of a second of one core.
  const people = await Promise.all(
    roles.map(async (role): Promise<[Role, Actor]> => {
      const email = `${addresses[role]}@${staff.host}`;
      const person = { tenantId, email, name: staff.names[role], locale: staff.locale };
      const personId =
        (await personWith(app, tenantId, email)) ?? (await makePerson(app, { ...person, role, password }));
      return [role, { ...person, personId, roles: [role], via: 'session' }];
    }),
  );
  return Object.fromEntries(people) as DemoPeople;
}

async function personWith(app: App, tenantId: number, email: string): Promise<string | undefined> {
  const [found] = await withScope(app, { tenantId, personId: NOBODY }, (tx) =>
    tx.sql<{ id: string }>('select id from person where tenant_id = $1 and email = $2', [tenantId, email]),
  );
  return found?.id;
}

type NewDemoPerson = {
  readonly tenantId: number;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  readonly locale: Locale;
};

async function makePerson(app: App, { role, ...person }: NewDemoPerson): Promise<string> {
  // A seeding that was killed between the two sides leaves a sign-in that belongs to nobody.
  const { internalAdapter } = await (await authOf(app)).$context;
  const left = await internalAdapter.findUserByEmail(person.email);
  if (left !== null) await internalAdapter.deleteUser(left.user.id);
  return createPerson(app, { ...person, roles: [role] });
}

/** Where the password is kept, readable by its owner only. */
export const passwordFile = (app: Pick<App, 'dataDirectory'>): string => join(app.dataDirectory, 'demo-password.txt');

/** The demo's one password, made when there is none. Of two processes that make it at once, the first one's stays. */
export function demoPassword(app: Pick<App, 'dataDirectory'>): string {
  const file = passwordFile(app);
  if (!existsSync(file)) {
    mkdirSync(app.dataDirectory, { recursive: true, mode: 0o700 });
    const draft = `${file}.${String(process.pid)}`;
    writeFileSync(draft, `${randomBytes(12).toString('base64url')}\n`, { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8').trim();
}
