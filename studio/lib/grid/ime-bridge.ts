/**
 * How does a Japanese first key begin a cell? The grid starts editing on letters only; what an input method composes would be lost.
 * While a cell has the focus an input of ours holds the keyboard, and becomes the editor when a composition begins.
 * Also called: IME, 日本語入力, 変換.
 */

export interface Bridge {
  /** A cell has the focus. From this moment on: a key of a composition that comes before the grid has drawn its focus must not be lost. */
  focus(): void;
  /** Another cell is about to have it: what is being composed is written where it was begun. */
  finish(): void;
  readonly isComposing: boolean;
  dispose(): void;
}

export function imeBridge(
  host: HTMLElement,
  grid: HTMLElement,
  label: string,
  mayWrite: () => boolean,
  write: (text: string) => void,
): Bridge {
  const input = document.createElement('input');
  input.className = 'ime';
  input.setAttribute('aria-label', label);
  input.autocomplete = 'off';
  host.append(input);
  let composing = false;

  function place(): void {
    const cell = grid.querySelector('revogr-focus.focused-cell')?.getBoundingClientRect();
    const around = host.getBoundingClientRect();
    if (!cell?.width) return;
    input.style.translate = `${cell.left - around.left}px ${cell.top - around.top}px`;
    input.style.width = `${cell.width}px`;
    input.style.height = `${cell.height}px`;
  }

  function end(save: boolean): void {
    if (!composing) return;
    composing = false;
    input.classList.remove('on');
    const typed = input.value;
    input.value = '';
    if (save) write(typed);
  }

  input.addEventListener('compositionstart', () => {
    if (!mayWrite()) return;
    place();
    composing = true;
    input.classList.add('on');
  });
  input.addEventListener('keydown', (event) => {
    if (!composing || event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' || event.key === 'Tab') {
      end(true);
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Escape') {
      end(false);
      event.stopPropagation();
    }
  });
  input.addEventListener('blur', () => end(true));
  // What is no composition is the grid's own business: nothing is left behind.
  input.addEventListener('input', () => {
    if (!composing) input.value = '';
  });

  /** Takes the keyboard, unless an editor of the grid has it. */
  function take(): boolean {
    if (grid.querySelector('revogr-edit input, revogr-edit select') !== null) return false;
    place();
    input.focus({ preventScroll: true });
    return true;
  }

  /** Takes the keyboard as soon as the editor that is closing lets go of it, unless somebody has it by then. */
  function takeWhenFree(frames = 30): void {
    requestAnimationFrame(() => {
      const active = document.activeElement;
      const isFree = active === null || active === document.body || host.contains(active);
      if (frames > 0 && isFree && !take()) takeWhenFree(frames - 1);
    });
  }

  // The grid would give the keyboard to the cell that it has just drawn the focus of, out of the middle of a composition.
  host.addEventListener('afterfocus', (event) => event.preventDefault(), { capture: true });
  // An editor that is closed leaves its cell the focus, and nobody the keyboard.
  grid.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget === null && target instanceof Element && target.closest('revogr-edit') !== null) takeWhenFree();
  });

  return {
    focus() {
      if (!take()) takeWhenFree();
    },
    finish() {
      if (!composing) return;
      end(true);
      input.blur();
    },
    get isComposing() {
      return composing;
    },
    dispose: () => input.remove(),
  };
}
