/** A step of a change as a person takes it on the screen (変更の手続き). */
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { expectSound } from './walk.ts';

/** Takes a step with a change, in the dialog that asks about it; who approves gives the password once more. */
export async function take(page: Page, step: string, comment?: string): Promise<void> {
  await page.getByRole('button', { name: step, exact: true }).click();
  const question = page.getByRole('dialog', { name: step });
  if (comment !== undefined) await question.getByLabel(/コメント/).fill(comment);
  const isApproval = /^(承認|Approve)$/.test(step);
  if (isApproval) await question.getByLabel(/パスワード|password/).fill(inject('kanade').password);
  if (isApproval) await expectSound(page);
  await question.getByRole('button', { name: step, exact: true }).click();
}
