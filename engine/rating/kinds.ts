/**
 * Which kinds of use do the charges tell apart? The words of each column fall into classes that no condition and no cell of a
 * table divides, however many rows name one; a kind is a class of each. Also called: equivalence classes, 利用の種別.
 */
import { operators, type FactValue } from '#engine/conditions/operators.ts';
import { cellAnswers } from '#engine/tables/matrix.ts';
import type { Comparison, ConditionNode, MatrixPrice, RatePlanRuleset } from '#schemas/generated/types.ts';
import type { UsageColumns, Words } from './columns.ts';

/** A fact that charges ask about. Combinations of classes are numbered: the class of each fact times its stride, summed. */
export interface Dimension {
  readonly fact: string;
  readonly classOf: Uint32Array;
  readonly classes: number;
  readonly stride: number;
  /** A word of each class, which stands for all of it. */
  readonly words: readonly (string | null)[];
}

/** The facts that the plans ask about and that the columns know. */
export function dimensionsOf(plans: readonly RatePlanRuleset[], columns: UsageColumns): readonly Dimension[] {
  const asked = new Map<string, Questions>();
  const about = (fact: string): Questions => {
    const known = asked.get(fact) ?? new Questions();
    asked.set(fact, known);
    return known;
  };
  for (const plan of plans) {
    for (const charge of plan.body.charges) {
      if (charge.type !== 'usage') continue;
      if (charge.where !== undefined) noteComparisons(charge.where, about);
      if (charge.price.model === 'matrix') noteCells(charge.price, about);
    }
  }
  let stride = 1;
  return [...asked].flatMap(([fact, questions]) => {
    const column = columns.facts[fact];
    if (column === undefined) return [];
    const dimension = { fact, ...classesOf(column, questions), stride };
    stride *= dimension.classes;
    return [dimension];
  });
}

/** The number of the kind of a use. */
export const kindOf = (dimensions: readonly Dimension[], { facts }: UsageColumns, use: number): number => {
  let kind = 0;
  for (const { fact, classOf, stride } of dimensions) kind += classOf[facts[fact]!.codes[use]!]! * stride;
  return kind;
};

/** What uses of a kind say of a fact; undefined where the charges do not ask. */
export function wordIn(dimensions: readonly Dimension[], kind: number, fact: string): string | null | undefined {
  for (const { fact: of, classes, stride, words } of dimensions)
    if (of === fact) return words[Math.floor(kind / stride) % classes]!;
  return undefined;
}

/** The kinds to work out: all of them, or those that occur where there are fewer uses than plans times meters times kinds. */
export function kindsAsked(
  dimensions: readonly Dimension[],
  columns: UsageColumns,
  { combinations, cells }: { readonly combinations: number; readonly cells: number },
): readonly number[] {
  if (cells <= columns.count) return Array.from({ length: combinations }, (_, kind) => kind);
  const kinds = new Set<number>();
  for (let use = 0; use < columns.count; use += 1) kinds.add(kindOf(dimensions, columns, use));
  return [...kinds];
}

/**
 * Questions of a fact. Those that name whole texts, or how they begin, are found by the text, so that a table with tens of
 * thousands of rows costs each word one look; the others are asked of each word.
 */
class Questions {
  /** By text, the questions that name it. */
  readonly named = new Map<string, number[]>();
  readonly starts = new Set<string>();
  readonly others = new Map<string, (value: FactValue) => boolean>();
  private readonly known = new Set<string>();

  name(texts: readonly string[]): void {
    const key = JSON.stringify(texts);
    if (this.known.has(key)) return;
    const number = this.known.size;
    this.known.add(key);
    for (const text of new Set(texts)) {
      const numbers = this.named.get(text);
      if (numbers === undefined) this.named.set(text, [number]);
      else numbers.push(number);
    }
  }

  ask(key: string, test: () => (value: FactValue) => boolean): void {
    if (!this.others.has(key)) this.others.set(key, test());
  }
}

type About = (fact: string) => Questions;

function noteComparisons(node: ConditionNode, about: About): void {
  if ('all' in node) for (const part of node.all) noteComparisons(part, about);
  else if ('any' in node) for (const part of node.any) noteComparisons(part, about);
  else if ('not' in node) noteComparisons(node.not, about);
  else noteComparison(node, about(node.fact));
}

/** Words that a question names and its opposite names are the same; that nothing is said is a class of its own in any case. */
function noteComparison({ operator, value }: Comparison, questions: Questions): void {
  const isNaming = ['equal', 'notEqual', 'in', 'notIn'].includes(operator);
  const texts = [value].flat();
  if (isNaming && texts.every((text) => typeof text === 'string')) questions.name(texts);
  else if (operator === 'startsWith' && typeof value === 'string') questions.starts.add(value);
  else questions.ask(`${operator} ${JSON.stringify(value)}`, () => operators[operator].prepare(value));
}

function noteCells({ columns, rows }: MatrixPrice, about: About): void {
  columns.forEach(({ fact, match }, index) => {
    const questions = about(fact);
    for (const { when } of rows) {
      const cell = when[index] ?? null;
      if (cell === null) continue;
      if (typeof cell === 'object' && !Array.isArray(cell))
        questions.ask(`${match} ${JSON.stringify(cell)}`, () => (value) => cellAnswers(cell, match, value));
      else if (match === 'prefix') for (const start of [cell].flat()) questions.starts.add(start);
      else questions.name([cell].flat());
    }
  });
}

function classesOf(
  { words }: Words,
  { named, starts, others }: Questions,
): Pick<Dimension, 'classOf' | 'classes' | 'words'> {
  const tests = [...others.values()];
  const longest = [...starts].reduce((most, { length }) => Math.max(most, length), 0);
  const known = new Map<string, number>();
  const first: (string | null)[] = [];
  const classOf = Uint32Array.from(words, (word) => {
    const key =
      word === null
        ? 'nothing'
        : `${named.get(word)?.join() ?? ''} ${longestStart(word, starts, longest)} ${tests.map((test) => (test(word) ? '1' : '0')).join('')}`;
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, known.size);
    first.push(word);
    return known.size - 1;
  });
  return { classOf, classes: known.size, words: first };
}

/** How many characters the longest start has that the word begins with: it says which others the word begins with, too. */
function longestStart(word: string, starts: ReadonlySet<string>, longest: number): string {
  for (let length = Math.min(longest, word.length); length >= 0; length -= 1) {
    const start = word.slice(0, length);
    if (starts.has(start)) return JSON.stringify(start);
  }
  return '';
}
