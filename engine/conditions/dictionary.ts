/**
 * What may a condition ask about, and of what type is the answer?
 * Also called: fact dictionary, 項目辞書.
 */
import dictionary from '#schemas/facts/dictionary.json' with { type: 'json' };
import type { FactType } from './operators.ts';

export interface FactDefinition {
  readonly type: FactType;
  /** The only values there are, where they are few. */
  readonly values?: readonly string[];
  readonly unit?: string;
  /** The least that a decimal can be, and what it always stays below; whether it is a whole number. */
  readonly from?: string;
  readonly below?: string;
  readonly whole?: true;
  /** Whose fact it is. Facts of `usage` have a value only while usage is rated. */
  readonly source: 'customer' | 'account' | 'group' | 'product' | 'usage';
  readonly nullable: boolean;
  readonly label: { readonly ja: string; readonly en: string };
}

export const factDictionary: ReadonlyMap<string, FactDefinition> = new Map(
  Object.entries(dictionary as Record<string, FactDefinition>),
);
