/**
 * How did a bill come about, step by step? Each phase leaves its notes here; a customer's "why?" is answered from them.
 * Also called: audit trail of a calculation, 計算過程, 計算根拠. Words: schemas/messages/trace.*.json.
 */
import type { Sentence, TraceNode } from '#schemas/generated/types.ts';

type Values = Readonly<Record<string, string>>;

/** Collects notes as a tree: phases on the first level, lines below them, steps below lines. Keeps nothing when off. */
export interface Trace {
  readonly on: boolean;
  phase(name: string): void;
  line(id: string, why: Sentence, steps?: readonly Sentence[]): void;
  note(code: string, values: Values): void;
}

export const noTrace: Trace = { on: false, phase: () => undefined, line: () => undefined, note: () => undefined };

/** A trace whose tree hangs below `root`. */
export function traceBelow(root: TraceNode): Trace {
  const phases: TraceNode[] = [];
  root.children = phases;
  const add = (node: TraceNode): void => {
    const phase = phases.at(-1);
    if (phase !== undefined) (phase.children ??= []).push(node);
  };
  return {
    on: true,
    phase: (name) => void phases.push({ code: `trace.phase.${name}`, values: {} }),
    line: (id, why, steps = []) => {
      const children = steps.map((step) => ({ code: step.code, values: step.values }));
      add({ code: why.code, values: why.values, line: id, ...(children.length > 0 ? { children } : {}) });
    },
    note: (code, values) => add({ code, values: { ...values } }),
  };
}
