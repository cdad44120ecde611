/**
 * How is a service's refusal said to the person at the form?
 * Also called: form error, validation message, 入力エラー.
 */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { Refusal } from '#runtime/services/refusal.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import type { Diagnostic, Localized } from '#schemas/generated/types.ts';

export interface Refused {
  /** `path` is the place of what is refused in the document that the form makes, where there is one. */
  readonly refusal: { readonly code: string; readonly text: string; readonly path?: string };
}

/** The refusal in words, under its code; what has not the form that is asked for by the label of its field, and what is wrong there. */
export function refusalText({ code, values }: Refusal, locale: Locale): string {
  const say = words(locale);
  const { place, diagnostics } = values;
  const field = (place as readonly Localized[] | undefined)?.at(-1);
  const first = (diagnostics as readonly Diagnostic[] | undefined)?.[0];
  if (code !== 'not-in-form' || field === undefined || first === undefined)
    return say.render(`refusal.${code}`, values as MessageValues);
  const why =
    first.code === 'required-field-missing'
      ? say.render('refusal.not-in-form.missing')
      : say.render(`diagnostic.${first.code}`, first.values as MessageValues);
  return say.render('refusal.not-in-form.field', { field: field[locale], why });
}

/** What `work` gives back, or the refusal as the form's answer. Anything else that is thrown goes on. */
export async function orRefused<T>(locale: Locale, work: () => Promise<T>): Promise<T | ActionFailure<Refused>> {
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
    const { code, status, values } = problem;
    const path = values['path'];
    const text = refusalText(problem, locale);
    return fail(status, { refusal: { code, text, ...(typeof path === 'string' && { path }) } });
  }
}
