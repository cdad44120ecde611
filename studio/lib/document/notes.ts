/**
 * Where is what the engine says of a document shown: at which field, in which row, and how many within a thing?
 * Also called: inline diagnostics, problem list, 検査結果の表示場所.
 */
import type { Diagnostic } from '#schemas/generated/types.ts';
import { below, isWithin, selfAndHolders } from './pointer.ts';

/** The field that a diagnostic is shown at: what is missing is shown where it would be. */
export function fieldOf({ code, path, values }: Diagnostic): string {
  return code === 'required-field-missing' && values['field'] !== undefined ? below(path, values['field']) : path;
}

const weights = { error: 2, warning: 1, hint: 0 } as const;

export type Severity = Diagnostic['severity'];

/** No place at all. */
export const nowhere: ReadonlySet<string> = new Set<string>();

export class Notes {
  readonly all: readonly Diagnostic[];
  readonly #at = new Map<string, Diagnostic[]>();
  readonly #within = new Map<string, { count: number; worst: Severity }>();

  /** The diagnostics of the one document. */
  constructor(diagnostics: readonly Diagnostic[]) {
    this.all = diagnostics.toSorted((a, b) => weights[b.severity] - weights[a.severity]);
    for (const each of this.all) {
      const field = fieldOf(each);
      this.#at.set(field, [...(this.#at.get(field) ?? []), each]);
      for (const holder of selfAndHolders(field)) {
        const { count, worst } = this.#within.get(holder) ?? { count: 0, worst: each.severity };
        this.#within.set(holder, { count: count + 1, worst });
      }
    }
  }

  at(pointer: string): readonly Diagnostic[] {
    return this.#at.get(pointer) ?? [];
  }

  /** How many there are at the place and within it, and how bad the worst is. */
  within(pointer: string): { readonly count: number; readonly worst: Severity } | undefined {
    return this.#within.get(pointer);
  }

  /** What is said within the place that no field of `shown` says: it belongs to the thing as a whole. */
  besides(pointer: string, shown: readonly string[]): readonly Diagnostic[] {
    return this.all.filter((each) => {
      const field = fieldOf(each);
      return field !== pointer && isWithin(field, pointer) && !shown.some((one) => isWithin(field, one));
    });
  }

  count(severity: Severity): number {
    return this.all.filter((each) => each.severity === severity).length;
  }
}
