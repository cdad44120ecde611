/**
 * Did somebody try too many passwords for one person? At the door and at a step that asks for the password again, together.
 * Also called: account lock, brute force, アカウントロック.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { record } from '#runtime/audit/audit.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';

const FAILURES_BEFORE_LOCK = 10;
const LOCK_MINUTES = 15;
const failures = ['person.signInFailed', 'person.confirmFailed'] as const;

/** Refused with `too-many-attempts` after ten wrong passwords in a quarter of an hour. */
export async function refuseLocked(app: App, person: Actor): Promise<void> {
  const since = new Date(app.clock.now().getTime() - LOCK_MINUTES * 60_000);
  const [found] = await withScope(app, person, (tx) =>
    tx.sql<{ count: number }>(
      'select count(*)::int as count from audit_entry where tenant_id = $1 and object = $2 and action = any($3) and at > $4',
      [person.tenantId, objectOf(person), failures, since],
    ),
  );
  if ((found?.count ?? 0) >= FAILURES_BEFORE_LOCK) throw tooManyAttempts();
}

/** Puts on record what the person did at the door, or what somebody tried in their name. */
export function noteOfPerson(
  app: App,
  person: Actor,
  action: (typeof failures)[number] | 'person.signedIn',
): Promise<void> {
  return withScope(app, person, (tx) => record(tx, person, { action, object: objectOf(person) }));
}

export function tooManyAttempts(): Refusal {
  return new Refusal('too-many-attempts', { minutes: LOCK_MINUTES }, 429);
}

function objectOf(person: Actor): string {
  return `person/${person.personId}`;
}
