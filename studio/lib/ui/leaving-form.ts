/**
 * What becomes of a form that leads to another page, such as the way out, when the server cannot be reached?
 * The page stays, and a notice says that nothing came of it; else the browser goes where the answer leads. Without scripts the form works
 * as it stands. Also called: network error, 送信エラー.
 */
import type { Action } from 'svelte/action';
import { warnUnanswered } from './toasts.svelte.ts';

/** For forms that an endpoint answers by a redirect, not the action of a page: of those `keptForm` takes care. */
export const leavingForm: Action<HTMLFormElement> = (form) => {
  const leave = (event: SubmitEvent): void => {
    event.preventDefault();
    const sent = fetch(form.action, { method: 'POST', body: new FormData(form) });
    sent.then((answer) => (answer.redirected ? location.assign(answer.url) : warnUnanswered()), warnUnanswered);
  };
  form.addEventListener('submit', leave);
  return { destroy: () => form.removeEventListener('submit', leave) };
};
