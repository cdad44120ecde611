/**
 * Why can a group not be billed? A problem names the place in the account document or the release, and the values.
 * Also called: billing error, quarantine reason, 請求計算エラー, 計算保留の理由.
 */
import type { Diagnostic } from '#schemas/generated/types.ts';

/** Thrown by `bill`: the group cannot be billed until what `diagnostic` names is put right. Words: schemas/messages/billing.*.json. */
export class BillingProblem extends Error {
  readonly diagnostic: Diagnostic;

  constructor(code: string, path: string, values: Readonly<Record<string, string>>) {
    super(`${code} at ${path} ${JSON.stringify(values)}`);
    this.name = 'BillingProblem';
    this.diagnostic = { code, severity: 'error', path, values: { ...values } };
  }
}
