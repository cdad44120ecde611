/**
 * What becomes of a button that is pressed, or a field that is written in, before the page works by script?
 * `app.html` remembers it from the first moment on; once the page is awake it is done again, so that nobody has to press twice.
 * Also called: event replay, hydration gap, 起動前の操作.
 */

/** What was done, and where; of a field what stood in it then. */
interface Early {
  readonly type: 'click' | 'input' | 'change';
  readonly target: EventTarget | null;
  readonly value: unknown;
}

declare global {
  /** Ends the remembering, and gives what was remembered in order. */
  var kanadeEarly: (() => readonly Early[]) | undefined;
}

/** Does again what the page could not hear. Links and forms work without scripts: what they did is not done twice. */
export function playBack(): void {
  const early = globalThis.kanadeEarly?.() ?? [];
  globalThis.kanadeEarly = undefined;
  // SvelteKit takes to forms and links only after everything is mounted.
  setTimeout(() => doAgain(early));
}

function doAgain(early: readonly Early[]): void {
  for (const { type, target, value } of early) {
    if (type === 'click' || !isField(target) || !target.isConnected) continue;
    if (typeof value === 'string' && target.type !== 'file') target.value = value;
    target.dispatchEvent(new Event(type, { bubbles: true }));
  }
  // Who waits for an answer presses again and again: once is meant.
  const pressed = early.map(({ type, target }) => (type === 'click' ? needsScript(target) : undefined));
  pressed.findLast((button) => button?.isConnected)?.click();
}

const isField = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLElement && target.matches('input, select, textarea');

/** The button that was pressed, unless it sends a form, which the browser does by itself. */
function needsScript(target: EventTarget | null): HTMLButtonElement | undefined {
  const button = target instanceof Element ? target.closest('button') : null;
  return button === null || (button.type === 'submit' && button.form !== null) ? undefined : button;
}
