/**
 * Which of many rules hold? The index says which to ask; those that stand together are one straight function.
 * Also called: rule set, matching, ルール群の判定.
 */
import { orderOf } from '#engine/conditions/decimal-bound.ts';
import { compileCondition, type Facts } from '#engine/conditions/evaluate.ts';
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Condition } from '#schemas/generated/types.ts';
import { LARGEST_EMITTED } from './emit-conditions.ts';
import { emitExpression } from './emit.ts';
import type { EvaluateSource } from './evaluate-source.ts';
import { sizeOf, toIr } from './ir.ts';
import { indexRules, type RuleNode } from './rule-index.ts';

/** No more rules than this become one function (a function beyond some 90 kB is slow for each of its rules). */
export const MOST_RULES = 100;

export interface CompiledRules {
  /** The facts that are asked, each once; values are given in this order. */
  readonly facts: readonly string[];
  /** Adds the numbers of the rules that hold to `into`, in the order of the rules. */
  match(values: readonly FactValue[], into: number[]): void;
}

/** Rules without a condition (undefined) always hold. Without a way to evaluate source they are interpreted. */
export function compileRules(
  conditions: readonly (Condition | undefined)[],
  evaluateSource?: EvaluateSource,
): CompiledRules {
  const facts = new Map<string, number>();
  const numberOf = (fact: string): number => {
    const known = facts.get(fact);
    if (known !== undefined) return known;
    facts.set(fact, facts.size);
    return facts.size - 1;
  };
  const leaves: number[][] = [];
  const root = placed(indexRules(conditions), numberOf, leaves);
  const asks =
    evaluateSource === undefined
      ? interpreted(conditions, leaves, numberOf)
      : evaluated(emitLeaves(conditions, leaves, numberOf), conditions, numberOf, evaluateSource);
  return {
    facts: [...facts.keys()],
    match: (values, into) => {
      const before = into.length;
      if (walk(root, values, into, asks) > 1) sortFrom(into, before);
    },
  };
}

type Ask = (values: readonly FactValue[], into: number[]) => void;

type Placed =
  | { readonly leaf: number }
  | { readonly fact: number; readonly byValue: ReadonlyMap<FactValue, Placed>; readonly always: Placed | null };

/** The index with its leaves cut into functions. */
function placed(node: RuleNode, numberOf: (fact: string) => number, leaves: number[][]): Placed {
  if ('rules' in node) {
    leaves.push([...node.rules]);
    return { leaf: leaves.length - 1 };
  }
  const isEmpty = 'rules' in node.always && node.always.rules.length === 0;
  return {
    fact: numberOf(node.fact),
    byValue: new Map([...node.byValue].map(([value, below]) => [value, placed(below, numberOf, leaves)])),
    always: isEmpty ? null : placed(node.always, numberOf, leaves),
  };
}

/** How many leaves were asked: the results of more than one have to be put in order. */
function walk(node: Placed, values: readonly FactValue[], into: number[], asks: readonly Ask[]): number {
  let asked = 0;
  for (let here: Placed | null | undefined = node; here != null;) {
    if ('leaf' in here) {
      asks[here.leaf]!(values, into);
      return asked + 1;
    }
    const found = here.byValue.get(values[here.fact]!);
    if (found !== undefined && here.always !== null) asked += walk(here.always, values, into, asks);
    here = found ?? here.always;
  }
  return asked;
}

function sortFrom(numbers: number[], from: number): void {
  for (let at = from + 1; at < numbers.length; at += 1) {
    const number = numbers[at]!;
    let to = at;
    for (; to > from && numbers[to - 1]! > number; to -= 1) numbers[to] = numbers[to - 1]!;
    numbers[to] = number;
  }
}

function interpreted(
  conditions: readonly (Condition | undefined)[],
  leaves: readonly (readonly number[])[],
  numberOf: (fact: string) => number,
): readonly Ask[] {
  return leaves.map((rules) => interpreter(conditions, rules, numberOf));
}

function interpreter(
  conditions: readonly (Condition | undefined)[],
  rules: readonly number[],
  numberOf: (fact: string) => number,
): Ask {
  const ready = rules.map((rule) => {
    const condition = conditions[rule];
    if (condition === undefined) return { rule, holds: () => true };
    // So that its facts have their numbers before anything is asked.
    toIr(condition, { fact: numberOf, value: () => 0 });
    return { rule, holds: compileCondition(condition) };
  });
  return (values, into) => {
    const facts: Facts = (id) => values[numberOf(id)] ?? null;
    for (const { rule, holds } of ready) if (holds(facts)) into.push(rule);
  };
}

export interface EmittedLeaves {
  /** The body of a function that returns one function a shape: `(v, k, o, into)`. */
  readonly source: string;
  readonly constants: readonly unknown[];
  /** For each leaf, the shape of each of its functions and where its constants begin; a rule too large to be code by its number. */
  readonly leaves: readonly (readonly LeafPiece[])[];
}

type LeafPiece = { readonly shape: number; readonly offset: number } | { readonly interpreted: number };

/** Leaves that differ in names and values only share their functions. */
export function emitLeaves(
  conditions: readonly (Condition | undefined)[],
  leaves: readonly (readonly number[])[],
  numberOf: (fact: string) => number,
): EmittedLeaves {
  const shapes = new Map<string, number>();
  const constants: unknown[] = [];
  const emitted = leaves.map((rules) =>
    piecesOf(rules, conditions).map((piece): LeafPiece => {
      const [first] = piece;
      if (first !== undefined && isTooLarge(conditions[first])) return { interpreted: first };
      const offset = constants.length;
      const add = (constant: unknown): number => constants.push(constant) - 1 - offset;
      const lines = piece.map((rule) => {
        const expression = expressionOf(conditions[rule], add, numberOf);
        return `if (${expression}) into.push(k[o + ${add(rule)}]);`;
      });
      const text = `(v, k, o, into) => { ${lines.join('\n')} }`;
      const shape = shapes.get(text) ?? shapes.size;
      shapes.set(text, shape);
      return { shape, offset };
    }),
  );
  const source = `"use strict";\nreturn (order) => [\n${[...shapes.keys()].join(',\n')}\n];`;
  return { source, constants, leaves: emitted };
}

function expressionOf(
  condition: Condition | undefined,
  add: (constant: unknown) => number,
  numberOf: (fact: string) => number,
): string {
  if (condition === undefined) return 'true';
  const ir = toIr(condition, { fact: numberOf, value: add });
  return emitExpression(ir, {
    fact: (number) => ({ first: `v[${number}]`, again: `v[${number}]` }),
    constant: (number) => `k[o + ${number}]`,
  });
}

/** One alone that would be more than a function may be: thousands of alternatives, say. */
const isTooLarge = (condition: Condition | undefined): boolean =>
  condition !== undefined && sizeOf(condition) > LARGEST_EMITTED;

/** At most so many rules a function, and at most so much of them: what is too large stands by itself. */
function piecesOf(rules: readonly number[], conditions: readonly (Condition | undefined)[]): readonly number[][] {
  const pieces: number[][] = [];
  let size = Infinity;
  for (const rule of rules) {
    const condition = conditions[rule];
    const own = condition === undefined ? 1 : sizeOf(condition);
    const last = pieces.at(-1);
    if (last === undefined || last.length >= MOST_RULES || size + own > LARGEST_EMITTED) {
      pieces.push([rule]);
      size = own;
    } else {
      last.push(rule);
      size += own;
    }
  }
  return pieces;
}

type LeafFunction = (
  values: readonly FactValue[],
  constants: readonly unknown[],
  offset: number,
  into: number[],
) => void;

function evaluated(
  { source, constants, leaves }: EmittedLeaves,
  conditions: readonly (Condition | undefined)[],
  numberOf: (fact: string) => number,
  evaluateSource: EvaluateSource,
): readonly Ask[] {
  const shapes = (evaluateSource(source) as (order: typeof orderOf) => readonly LeafFunction[])(orderOf);
  const askOf = (piece: LeafPiece): Ask => {
    if ('interpreted' in piece) return interpreter(conditions, [piece.interpreted], numberOf);
    const ask = shapes[piece.shape]!;
    const { offset } = piece;
    return (values, into) => ask(values, constants, offset, into);
  };
  return leaves.map((pieces): Ask => {
    const asks = pieces.map(askOf);
    const [only] = asks;
    if (asks.length === 1 && only !== undefined) return only;
    return (values, into) => {
      for (const ask of asks) ask(values, into);
    };
  });
}
