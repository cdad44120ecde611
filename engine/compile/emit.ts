/**
 * How does a condition read as source text? Straight-line code of `&&`, `||` and `!` around the operators' own text.
 * Nothing of the rule's text comes in: facts and values are places in an array of constants.
 * Also called: code generation, コード生成.
 */
import { operators } from '#engine/conditions/operators.ts';
import type { Ir } from './ir.ts';

/** How the code around an expression reaches facts and constants. */
export interface Access {
  /** An expression that reads the fact, and one that has it once it was read. */
  fact(number: number): { readonly first: string; readonly again: string };
  constant(number: number): string;
}

export function emitExpression(ir: Ir, access: Access): string {
  switch (ir.op) {
    case 'all':
      return `(${ir.parts.map((part) => emitExpression(part, access)).join(' && ')})`;
    case 'any':
      return `(${ir.parts.map((part) => emitExpression(part, access)).join(' || ')})`;
    case 'not':
      return `!(${emitExpression(ir.part, access)})`;
    case 'test': {
      const { first, again } = access.fact(ir.fact);
      return operators[ir.operator].emit(
        first,
        again,
        ir.constants.map((number) => access.constant(number)),
      );
    }
  }
}
