/**
 * Which tokens may act for whom, and until when? Also called: API keys, アクセストークン一覧.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';

export type TokenListed = {
  readonly id: string;
  readonly email: string;
  readonly label: string;
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** All tokens of the tenant, the newest first. The secrets themselves are kept nowhere. */
export async function listTokens(app: App, actor: Actor): Promise<TokenListed[]> {
  authorize(actor, 'token.manage');
  return withScope(app, actor, (tx) =>
    tx.sql<TokenListed>(
      `select t.id, p.email, t.label, t.created_at as "createdAt", t.expires_at as "expiresAt",
              case when t.revoked_at is not null then 'revoked' when t.expires_at <= $1 then 'expired' else 'valid' end as state
       from access_token t join person p on p.id = t.person_id order by t.created_at desc, t.id`,
      [app.clock.now()],
    ),
  );
}
