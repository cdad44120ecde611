/**
 * What was just done? A short word that comes and goes by itself, for things that need no answer.
 * Also called: toast, snackbar, 通知.
 */

export interface Toast {
  readonly id: number;
  /** What was done; undefined for the one that says that nothing came of it, as no answer did. */
  readonly text: string | undefined;
}

const shownForMs = 6000;
let last = 0;

export const toasts: Toast[] = $state([]);

export function announce(text: string): void {
  const id = push(text);
  setTimeout(() => dismiss(id), shownForMs);
  dismissUnanswered();
}

/** Stays until something is done, or somebody takes it away. */
export function warnUnanswered(): void {
  dismissUnanswered();
  push(undefined);
}

function push(text: string | undefined): number {
  last += 1;
  toasts.push({ id: last, text });
  return last;
}

export function dismissUnanswered(): void {
  for (const { id } of toasts.filter(({ text }) => text === undefined)) dismiss(id);
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
