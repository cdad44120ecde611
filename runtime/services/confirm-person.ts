/**
 * Is it still the person who signed in? Whoever finds a screen left open cannot approve with it.
 * Also called: step-up authentication, re-authentication, 再認証, 本人確認.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { noteOfPerson, refuseLocked } from '#runtime/access/lock-out.ts';
import { isOwnPassword } from '#runtime/access/session.ts';
import { authorize, type Permission } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export type ToConfirm = {
  /** What the person is about to do; who may not is not asked for a password. */
  readonly permission: Permission;
  /** They carry the session. */
  readonly headers: Headers;
  readonly password: string;
};

/** The person, confirmed for one step. Refused with `password-wrong`, which is put on record, and with `too-many-attempts` as at sign-in. */
export async function confirmPerson(
  app: App,
  actor: Actor,
  { permission, headers, password }: ToConfirm,
): Promise<Actor> {
  authorize(actor, permission);
  await refuseLocked(app, actor);
  if (await isOwnPassword(app, headers, password)) return { ...actor, confirmed: 'password' };
  await noteOfPerson(app, actor, 'person.confirmFailed');
  throw new Refusal('password-wrong', {}, 422);
}
