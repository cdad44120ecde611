/**
 * What does a key do in the editor, wherever the focus is?
 * Also called: shortcuts, キーボードショートカット.
 */
import { isComposing } from '#lib/form/typing.ts';
import type { View } from './editor.svelte.ts';

export type EditorKeyDone = 'undo' | 'redo' | 'save' | 'keys' | View;

const views: Readonly<Record<string, View>> = { Digit1: 'words', Digit2: 'form', Digit3: 'table', Digit4: 'json' };

/** Undefined for a key that is none of ours; what an input method composes never is. */
export function editorKey(event: KeyboardEvent): EditorKeyDone | undefined {
  if (isComposing(event)) return undefined;
  const main = event.ctrlKey || event.metaKey;
  if (main && !event.altKey) {
    const key = event.key.toLowerCase();
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    if (key === 'y') return 'redo';
    return key === 's' ? 'save' : undefined;
  }
  if (event.altKey && !main) return views[event.code];
  return event.key === '?' && !isTyping(event.target) ? 'keys' : undefined;
}

/** Whether the key would be a letter of what is being written. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, [contenteditable], .monaco-editor') !== null;
