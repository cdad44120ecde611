/**
 * How does a person get, and lose, a token for the command line?
 * Also called: API key, access token, mint, revoke, アクセストークンの発行, 失効.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { newToken } from '#runtime/access/token.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

const DAY_MS = 24 * 3_600_000;
const LONGEST_DAYS = 366;

/** The token is in the answer and nowhere else: what is stored cannot be turned back into it. */
export type MintedToken = { readonly id: string; readonly token: string; readonly expiresAt: string };

/** A token that acts as `personId` (email works too), for `days` days. Refused with `person-unknown` or `token-too-long`. */
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
  const expiresAt = new Date(app.clock.now().getTime() + input.days * DAY_MS);
  return withScope(app, actor, async (tx) => {
    const [person] = await tx.sql<{ id: string }>('select id from person where active and (id::text = $1 or email = lower($1))', [input.person]);
    if (person === undefined) throw new Refusal('person-unknown', { person: input.person }, 404);
    const [row] = await tx.sql<{ id: string }>(
      `insert into access_token (tenant_id, person_id, label, token_sha256, created_at, expires_at) values ($1, $2, $3, $4, $5, $6) returning id`,
      [actor.tenantId, person.id, input.label, sha256, app.clock.now(), expiresAt],
    );
    if (row === undefined) throw new Error('an insert gives back its row');
    await record(tx, actor, { action: 'token.minted', object: `token/${row.id}`, details: { person: person.id, label: input.label, until: expiresAt.toISOString() } });
    return { id: row.id, token, expiresAt: expiresAt.toISOString() };
  });
}

/** Ends a token at once. Refused with `token-unknown`. */
export async function revokeToken(app: App, actor: Actor, id: string): Promise<void> {
  authorize(actor, 'token.manage');
  await withScope(app, actor, async (tx) => {
    const [row] = await tx.sql('update access_token set revoked_at = $2 where id::text = $1 and revoked_at is null returning id', [id, app.clock.now()]);
    if (row === undefined) throw new Refusal('token-unknown', { id }, 404);
    await record(tx, actor, { action: 'token.revoked', object: `token/${id}` });
  });
}
