/**
 * How does a service say no in a way that the caller can act on?
 * Also called: business error, rejection, 拒否, 業務エラー.
 * The words are in `schemas/messages/refusals.{ja,en}.json` under `refusal.<code>`.
 */

export type RefusalValues = Readonly<Record<string, string | number | readonly unknown[]>>;

/** A request that is understood and declined: a code, the values its sentence needs, and the HTTP status that fits. */
export class Refusal extends Error {
  readonly code: string;
  readonly values: RefusalValues;
  readonly status: number;

  constructor(code: string, values: RefusalValues = {}, status = 409) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.values = values;
    this.status = status;
  }
}
