/**
 * What was just done? A short word that comes and goes by itself, for things that need no answer.
 * Also called: toast, snackbar, 通知.
 */

export interface Toast {
  readonly id: number;
  readonly text: string;
}

const shownForMs = 6000;
let last = 0;

export const toasts: Toast[] = $state([]);

export function announce(text: string): void {
  last += 1;
  const id = last;
  toasts.push({ id, text });
  setTimeout(() => dismiss(id), shownForMs);
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
