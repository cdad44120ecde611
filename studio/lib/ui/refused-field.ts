/**
 * Where does one go on after a form was refused? To the field that it was refused for.
 * Also called: focus management, first invalid field, エラー項目へのフォーカス.
 */
import type { Attachment } from 'svelte/attachments';

/**
 * Puts the focus on the refused field: the first that is marked as wrong, or the one that `path` leads to. A field whose name is not
 * the last step of its path says which paths are its own: `data-at="/price/pinned"`.
 */
export function focusRefused(form: HTMLFormElement, path = ''): void {
  const name = path.split('/').at(-1) ?? '';
  const fields = [...form.elements].filter((each): each is HTMLInputElement => each instanceof HTMLElement);
  const refused =
    form.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    fields.find((field) => path !== '' && (field.dataset['at'] ?? '').split(' ').includes(path)) ??
    fields.find((field) => name !== '' && field.name === name);
  refused?.focus();
}

/** The same for a form on a page that was loaded anew with the refusal in it. */
export const refusedAt =
  (path: string | undefined): Attachment<HTMLFormElement> =>
  (form) => {
    if (path !== undefined) focusRefused(form, path);
  };
