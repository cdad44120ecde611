/** Remembers language and look, and leads back to where the person was. */
import { redirect } from '@sveltejs/kit';
import { pathWithin } from '#lib/server/paths.ts';
import { rememberPreferences } from '#lib/server/preferences.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  rememberPreferences(cookies, form, url.protocol === 'https:');
  if (!form.has('back')) return new Response(null, { status: 204 });
  redirect(303, pathWithin(form.get('back')));
};
