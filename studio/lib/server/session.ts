/**
 * Who is at the door of a route, and may they come in?
 * Also called: authentication guard, current user, ログイン状態, 認可.
 */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { TenantSummary } from '#runtime/access/tenants.ts';
import type { App as Kanade } from '#runtime/app.ts';
import { permissionsOf, requirementOf } from '#lib/server/routes.ts';
import type { Theme } from '#lib/shell/theme.ts';
import type { Locale } from '#schemas/messages/words.ts';

declare global {
  namespace App {
    interface Locals {
      kanade: Kanade;
      /** The person whose session the request carries. */
      actor: Actor | null;
      /** The operator that the person works for. */
      tenant: TenantSummary | null;
      locale: Locale;
      theme: Theme;
    }
  }
}

type Door = Pick<RequestEvent, 'locals' | 'route'>;

/** What a page or an action works with. The only way to both: throws Forbidden when the person may not open the route. */
export function entered({ locals, route }: Door): { app: Kanade; actor: Actor } {
  const requirement = requirementOf(route.id ?? '');
  if (locals.actor === null || requirement === undefined) error(403);
  for (const permission of permissionsOf(requirement)) authorize(locals.actor, permission);
  return { app: locals.kanade, actor: locals.actor };
}

/** Sends somebody without a session to the sign-in page, and from there back; closes a route that is in no table. */
export function assertMayKnock({ locals, route, url }: Door & Pick<RequestEvent, 'url'>): void {
  if (route.id === null) return;
  const requirement = requirementOf(route.id);
  if (requirement === undefined) error(403);
  if (requirement !== 'anyone' && locals.actor === null)
    redirect(303, `/sign-in?then=${encodeURIComponent(url.pathname + url.search)}`);
}
