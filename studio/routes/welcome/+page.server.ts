/** The first run: makes the operator and its administrator, and signs that person in. */
import { error, fail, redirect } from '@sveltejs/kit';
import { tenants } from '#runtime/access/tenants.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { setUpOperator } from '#runtime/services/set-up-operator.ts';
import { signIn } from '#runtime/services/sign-in.ts';
import { operatorOf, typedFields } from '#lib/server/operator-form.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import { refusalText } from '#lib/server/refused.ts';
import { zoneBeforeSetUp } from '#lib/server/today.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if ((await tenants(locals.kanade)).length > 0) error(404);
  return {
    zones: Intl.supportedValuesOf('timeZone'),
    currencies: Intl.supportedValuesOf('currency'),
    usualZone: zoneBeforeSetUp,
  };
};

export const actions = {
  default: async ({ locals, request, cookies }) => {
    const form = await request.formData();
    try {
      await setUpOperator(locals.kanade, operatorOf(form, locals.locale));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      const { field } = problem.values;
      return fail(problem.status, {
        typed: typedFields(form),
        field: typeof field === 'string' ? field : undefined,
        text: refusalText(problem, locals.locale),
      });
    }
    const { setCookies } = await signIn(locals.kanade, request, {
      email: String(form.get('email')),
      password: String(form.get('password')),
    });
    passCookies(setCookies, cookies);
    redirect(303, '/');
  },
} satisfies Actions;
