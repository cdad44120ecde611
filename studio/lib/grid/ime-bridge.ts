/**
 * How does a Japanese first key begin a cell? The grid starts editing on letters only; what an input method composes would be lost.
 * While a cell has the focus an input of ours holds the keyboard, and becomes the editor when a composition begins.
 * Also called: IME, 日本語入力, 変換.
 */

export interface Bridge {
  /** The cell that has the focus has changed. */
  focus(): void;
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

  return {
    focus() {
      requestAnimationFrame(() => {
        if (grid.querySelector('revogr-edit input, revogr-edit select') !== null) return;
        place();
        input.focus({ preventScroll: true });
      });
    },
    get isComposing() {
      return composing;
    },
    dispose: () => input.remove(),
  };
}
