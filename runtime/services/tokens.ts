/**
 * How does a person get, and lose, a token for the command line?
 * Also called: API key, access token, mint, revoke, アクセストークンの発行, 失効.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { newToken } from '#runtime/access/token.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { AccessToken, Person } from '#runtime/db/entities/people.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

const DAY_MS = 24 * 3_600_000;
const LONGEST_DAYS = 366;

/** The token is in the answer and nowhere else: what is stored cannot be turned back into it. */
export type MintedToken = { readonly id: string; readonly token: string; readonly expiresAt: string };

/** A token that acts as the person with that e-mail address, for `days` days. Refused with `person-unknown` or `token-too-long`. */
export async function mintToken(
  app: App,
  actor: Actor,
  input: { readonly person: string; readonly label: string; readonly days: number },
): Promise<MintedToken> {
  authorize(actor, 'token.manage');
  if (!Number.isInteger(input.days) || input.days < 1 || input.days > LONGEST_DAYS) {
    throw new Refusal('token-too-long', { longest: LONGEST_DAYS }, 422);
  }
  const { token, sha256 } = newToken();
  const createdAt = app.clock.now();
  const expiresAt = new Date(createdAt.getTime() + input.days * DAY_MS);
  return withScope(app, actor, async (tx) => {
    const person = await tx.em.findOne(Person, { active: true, email: input.person.toLowerCase() });
    if (person === null) throw new Refusal('person-unknown', { person: input.person }, 404);
    const id = crypto.randomUUID();
    const { label } = input;
    await tx.em.insert(AccessToken, {
      id,
      tenantId: actor.tenantId,
      personId: person.id,
      label,
      tokenSha256: sha256,
      createdAt,
      expiresAt,
    });
    await record(tx, actor, {
      action: 'token.minted',
      object: `token/${id}`,
      details: { person: person.id, label, until: expiresAt.toISOString() },
    });
    return { id, token, expiresAt: expiresAt.toISOString() };
  });
}

/** Ends a token at once. Refused with `token-unknown`. */
export async function revokeToken(app: App, actor: Actor, id: string): Promise<void> {
  authorize(actor, 'token.manage');
  await withScope(app, actor, async (tx) => {
    const found = await tx.em.findOne(AccessToken, { id, revokedAt: null });
    if (found === null) throw new Refusal('token-unknown', { id }, 404);
    found.revokedAt = app.clock.now();
    await record(tx, actor, { action: 'token.revoked', object: `token/${id}` });
  });
}
