/**
 * How does somebody become a person of a tenant, able to sign in?
 * Also called: user registration, staff account, 担当者の登録, アカウント作成.
 */
import type { Locale, Role } from '#runtime/access/actor.ts';
import { MINIMUM_PASSWORD_LENGTH } from '#runtime/access/password-length.ts';
import { authOf } from '#runtime/access/auth.ts';
import type { App } from '#runtime/app.ts';
import { Person, PersonRole } from '#runtime/db/entities/people.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type NewPerson = {
  readonly tenantId: number;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
  readonly locale?: Locale;
};

type InTheSameTransaction = (tx: ScopedTx, personId: string) => Promise<void>;

/** Makes the person and the sign-in for it, and gives back the person's id. For seeding and set-up; screens use the service. */
export async function createPerson(app: App, person: NewPerson, and: InTheSameTransaction = nothing): Promise<string> {
  const email = person.email.trim().toLowerCase();
  if (person.password.length < MINIMUM_PASSWORD_LENGTH) {
    throw new Refusal('password-too-short', { minimum: MINIMUM_PASSWORD_LENGTH }, 422);
  }
  const { internalAdapter, password } = await (await authOf(app)).$context;
  if ((await internalAdapter.findUserByEmail(email)) !== null) throw new Refusal('email-taken', { email });
  const user = await internalAdapter.createUser(
    { email, name: person.name, emailVerified: true },
    { method: 'email-password' },
  );
  try {
    const hash = await password.hash(person.password);
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: hash,
    });
    return await addPerson(app, { ...person, email }, user.id, and);
  } catch (error) {
    // The library's tables are outside our transaction: what was begun there is taken back.
    await internalAdapter.deleteUser(user.id);
    throw error;
  }
}

function addPerson(app: App, person: NewPerson, authUserId: string, and: InTheSameTransaction): Promise<string> {
  const personId = crypto.randomUUID();
  const { tenantId, email, name, roles, locale = 'ja' } = person;
  return withScope(app, { tenantId, personId }, async (tx) => {
    await tx.em.insert(Person, { id: personId, tenantId, authUserId, email, name, locale });
    await tx.em.insertMany(
      PersonRole,
      roles.map((role) => ({ tenantId, personId, role })),
    );
    await and(tx, personId);
    return personId;
  });
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
