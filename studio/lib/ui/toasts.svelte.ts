/**
 * What was just done? A short word that comes and goes by itself, for things that need no answer.
 * Also called: toast, snackbar, 通知.
 */

export interface Toast {
  readonly id: number;
  /** What was done, or that the server did not answer: nothing came of what was sent, or what was asked for is waited for. */
  readonly said: { readonly done: string } | 'unanswered' | 'waiting';
}

const shownForMs = 6000;
let last = 0;

export const toasts: Toast[] = $state([]);

export function announce(text: string): void {
  const id = push({ done: text });
  setTimeout(() => dismiss(id), shownForMs);
  dismissUnanswered();
}

/** Stays until something is done, or somebody takes it away. */
export function warnUnanswered(): void {
  dismissUnanswered();
  push('unanswered');
}

/** Stays until there is an answer. */
export function warnWaiting(): void {
  if (toasts.some(({ said }) => said === 'waiting')) return;
  dismissUnanswered();
  push('waiting');
}

function push(said: Toast['said']): number {
  last += 1;
  toasts.push({ id: last, said });
  return last;
}

export function dismissUnanswered(): void {
  for (const { id } of toasts.filter(({ said }) => typeof said === 'string')) dismiss(id);
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
