/** Remembers language and look, and leads back to where the person was. */
import { redirect } from '@sveltejs/kit';
import { rememberPreferences } from '#lib/server/preferences.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  rememberPreferences(cookies, form, url.protocol === 'https:');
  const back = form.get('back');
  if (back === null) return new Response(null, { status: 204 });
  redirect(303, withinKanade(String(back)));
};

/** A path of ours, never another site: '//elsewhere' and '/\elsewhere' are addresses of hosts. */
function withinKanade(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/';
}
