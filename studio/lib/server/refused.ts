/**
 * How is a service's refusal said to the person at the form?
 * Also called: form error, validation message, 入力エラー.
 */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { Refusal } from '#runtime/services/refusal.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

export interface Refused {
  readonly refusal: { readonly code: string; readonly text: string };
}

/** The refusal in words, under its code. */
export function refusalText({ code, values }: Refusal, locale: Locale): string {
  return words(locale).render(`refusal.${code}`, values as MessageValues);
}

/** What `work` gives back, or the refusal as the form's answer. Anything else that is thrown goes on. */
export async function orRefused<T>(locale: Locale, work: () => Promise<T>): Promise<T | ActionFailure<Refused>> {
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Refusal) || problem.code === 'forbidden') throw problem;
    return fail(problem.status, { refusal: { code: problem.code, text: refusalText(problem, locale) } });
  }
}
