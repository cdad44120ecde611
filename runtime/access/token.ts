/**
 * How does the command line, or another system, act as a person?
 * Also called: API key, bearer token, personal access token, アクセストークン, APIキー.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '#runtime/access/actor.ts';
import { findActor } from '#runtime/access/find-actor.ts';
import type { App } from '#runtime/app.ts';

const PREFIX = 'kanade_';

/** A new secret, and what alone is stored of it. The prefix lets a scanner for leaked secrets know one. */
export function newToken(): { readonly token: string; readonly sha256: string } {
  const token = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { token, sha256: sha256Of(token) };
}

/** The person that the token acts for, or null: unknown, expired, revoked, or a person who has left. */
export async function resolveToken(app: App, token: string): Promise<Actor | null> {
  if (!token.startsWith(PREFIX)) return null;
  return findActor(app, 'token', [sha256Of(token), app.clock.now()]);
}

function sha256Of(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
