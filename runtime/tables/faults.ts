/**
 * What is wrong with a table that came from outside, cell by cell? All of it at once, each with its row and column.
 * Also called: import errors, 取り込みの誤り.
 */
import { Refusal, type RefusalValues } from '#runtime/services/refusal.ts';

/** Its words: `refusal.<code>`. */
export interface Fault {
  readonly code: string;
  readonly values: RefusalValues;
}

/** Refused for the first fault; the others come with it. */
export class TableRefused extends Refusal {
  readonly faults: readonly Fault[];

  constructor(faults: readonly [Fault, ...Fault[]]) {
    super(faults[0].code, faults[0].values);
    this.faults = faults;
  }
}

const mostFaults = 50;

export class Faults {
  readonly #found: Fault[] = [];

  add(code: string, values: RefusalValues): void {
    if (this.#found.length < mostFaults) this.#found.push({ code, values });
  }

  /** Throws when there was any. */
  settle(): void {
    const [first, ...others] = this.#found;
    if (first !== undefined) throw new TableRefused([first, ...others]);
  }
}
