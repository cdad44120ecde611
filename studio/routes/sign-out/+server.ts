/** Ends the session and leads to the sign-in page. */
import { redirect } from '@sveltejs/kit';
import { signOut } from '#runtime/services/sign-in.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, request, cookies }) => {
  if (locals.actor !== null) passCookies((await signOut(locals.kanade, request)).setCookies, cookies);
  redirect(303, '/sign-in');
};
