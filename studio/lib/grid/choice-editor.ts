/**
 * How is a choice edited in a cell? With the same list as in the form.
 * Also called: select editor, プルダウン.
 */
import type { EditorBase, EditorCtr, HyperFunc, VNode } from '@revolist/revogrid';

/** An editor with these texts to choose from. */
export function choiceEditor(texts: readonly string[], label: string): EditorCtr {
  return (_, save, close): EditorBase => {
    const editor: EditorBase = {
      element: null,
      componentDidRender() {
        const list = editor.element as HTMLSelectElement | null;
        list?.focus();
        try {
          list?.showPicker();
        } catch {
          // Without a press of the person's own the list opens with the next key.
        }
      },
      render(create: HyperFunc<VNode>) {
        const { val } = editor.editCell ?? {};
        const options = texts.includes(String(val ?? '')) ? texts : [String(val ?? ''), ...texts];
        return create(
          'select',
          {
            'aria-label': label,
            ref: (element: Element | null) => (editor.element = element),
            onChange: (event: Event) => save((event.target as HTMLSelectElement).value, false),
            onKeyDown: (event: KeyboardEvent) => {
              if (event.key === 'Escape' || event.key === 'Tab') close(event.key === 'Tab');
              event.stopPropagation();
            },
            onBlur: () => close(false),
          },
          options.map((text) => create('option', { value: text, selected: text === val }, text)),
        );
      },
    };
    return editor;
  };
}
