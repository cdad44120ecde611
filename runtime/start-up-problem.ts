/**
 * Why can this installation not start?
 * Also called: start-up error, boot failure, 起動エラー, 起動できない.
 * The words, with what to do about it, are in `schemas/messages/startup.{ja,en}.json` under `startup.<code>`.
 */

export type StartUpCode =
  | 'database-url-invalid'
  | 'database-unreachable'
  | 'database-refused'
  | 'database-too-old'
  | 'database-roles-missing'
  | 'no-embedded-database'
  | 'embedded-database-failed'
  | 'data-of-other-version'
  | 'data-not-writable'
  | 'disk-full'
  | 'signing-key-invalid'
  | 'port-in-use'
  | 'address-not-usable';

/** Something the person who starts Kanade can put right; the command line says it in one sentence and exits with 2. */
export class StartUpProblem extends Error {
  readonly code: StartUpCode;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: StartUpCode, values: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(values)}`, { cause });
    this.name = 'StartUpProblem';
    this.code = code;
    this.values = values;
  }
}
