/** Begins a session with e-mail and password. */
import { redirect } from '@sveltejs/kit';
import { demoSignIns } from '#runtime/services/demo-sign-ins.ts';
import { signIn } from '#runtime/services/sign-in.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import { pathWithin } from '#lib/server/paths.ts';
import { orRefused } from '#lib/server/refused.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (locals.actor !== null) redirect(303, pathWithin(url.searchParams.get('then')));
  return { demo: await demoSignIns(locals.kanade) };
};

export const actions = {
  default: async ({ locals, request, cookies, url }) => {
    const form = await request.formData();
    const email = String(form.get('email') ?? '');
    const result = await orRefused(locals.locale, () =>
      signIn(locals.kanade, request, { email, password: String(form.get('password') ?? '') }),
    );
    if (!('setCookies' in result)) return result;
    passCookies(result.setCookies, cookies);
    redirect(303, pathWithin(url.searchParams.get('then')));
  },
} satisfies Actions;
