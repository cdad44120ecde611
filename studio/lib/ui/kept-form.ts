/**
 * What becomes of what was typed when the server cannot be reached or fails?
 * It stays in its form, and a notice says how to go on; whatever the server did answer is shown as usual. Also called: offline form, network error, 送信エラー.
 */
import { enhance } from '$app/forms';
import type { Action } from 'svelte/action';
import { dismissUnanswered, warnUnanswered } from './toasts.svelte.ts';

/** An answer of the server to a form; `status` is missing where there was none. */
interface Answer {
  readonly type: string;
  readonly status?: number | undefined;
}

/** Shows the answer by `update`. Without one, or with a fault of the server, everything stays as it is but for the notice. */
export async function shownAnswer(answer: Answer, update: () => Promise<void>): Promise<void> {
  const isRefused = answer.status !== undefined && answer.status >= 400 && answer.status < 500;
  if (answer.type === 'error' && !isRefused) return warnUnanswered();
  dismissUnanswered();
  await update();
}

/**
 * A form on a page; `then` is done once the server has answered. One that leads to a page with a policy of its own, the editor, says
 * so as a link would: `data-sveltekit-reload`.
 */
export const keptForm: Action<HTMLFormElement, (() => void) | undefined> = (form, then) =>
  enhance(form, () => async ({ result, update }) => {
    if (result.type === 'redirect' && 'sveltekitReload' in form.dataset) return location.assign(result.location);
    await shownAnswer(result, async () => {
      await update({ reset: result.type === 'success' });
      then?.();
    });
  });
