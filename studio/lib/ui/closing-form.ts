/**
 * What becomes of a form in a dialog when it was sent?
 * Accepted, the dialog closes and says so; refused or unanswered, everything typed stays, and the focus goes to what was refused.
 * Also called: progressive enhancement, 送信後の動き.
 */
import { tick } from 'svelte';
import { enhance } from '$app/forms';
import type { Action } from 'svelte/action';
import { shownAnswer } from './kept-form.ts';
import { focusRefused } from './refused-field.ts';
import { announce } from './toasts.svelte.ts';

export const closingForm: Action<HTMLFormElement, () => void> = (form, close) =>
  enhance(form, () => async ({ result, update }) => {
    await shownAnswer(result, () => update({ reset: result.type === 'success' }));
    if (result.type === 'failure') {
      await tick();
      focusRefused(form, (result.data?.['refusal'] as { readonly path?: string } | undefined)?.path);
    }
    if (result.type !== 'success') return;
    close();
    announce(String(result.data?.['done'] ?? ''));
  });
