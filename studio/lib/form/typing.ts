/**
 * What was typed? Not what an input method is still composing: 「にほn」 is no value.
 * Also called: IME, composition, 日本語入力, 変換中.
 */

type Typed = Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement };

/** The two handlers of a place to type: `change` hears of every letter that stands. */
export function typing(change: (text: string) => void): {
  readonly oninput: (event: Typed) => void;
  readonly oncompositionend: (event: Typed) => void;
} {
  return {
    oninput: (event) => {
      if (!(event as unknown as InputEvent).isComposing) change(event.currentTarget.value);
    },
    oncompositionend: (event) => change(event.currentTarget.value),
  };
}

/** Whether a key belongs to an input method. Safari ends a composition with a keydown that says so by its code alone. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;
