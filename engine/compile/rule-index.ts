/**
 * Which of many rules need a look at all? Rules that ask for one value of a fact are found by that value.
 * Also called: equality index, discrimination tree, 索引, 判別木.
 */
import type { FactValue } from '#engine/conditions/operators.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

/** Rules to be asked one after the other, or more of them found by a fact; `always` are asked whatever it says. */
export type RuleNode =
  | { readonly rules: readonly number[] }
  | { readonly fact: string; readonly byValue: ReadonlyMap<FactValue, RuleNode>; readonly always: RuleNode };

/** No more rules than this are asked one after the other where an equality can tell them apart. */
const MOST_IN_A_ROW = 12;
/** A list with more values than this is not spread over the index. */
const MOST_VALUES = 64;

type Wanted = ReadonlyMap<string, readonly string[]>;

/**
 * How many entries an index may have for each of its rules. A rule for one of thirty plans and one of thirty segments would stand
 * in nine hundred places; with a third list, thirty times as many again.
 */
const MOST_ENTRIES_A_RULE = 8;
const ENTRIES_TO_SPARE = 1_000;

/** undefined stands for a rule without a condition. */
export function indexRules(conditions: readonly (Condition | undefined)[]): RuleNode {
  const wanted = conditions.map((condition) => (condition === undefined ? new Map() : equalitiesOf(condition)));
  const room = { entries: MOST_ENTRIES_A_RULE * conditions.length + ENTRIES_TO_SPARE };
  return nodeOf([...conditions.keys()], wanted, new Set(), room);
}

interface Room {
  /** So many more may be made. */
  entries: number;
}

function nodeOf(rules: readonly number[], wanted: readonly Wanted[], used: ReadonlySet<string>, room: Room): RuleNode {
  const telling = rules.length > MOST_IN_A_ROW ? mostTelling(rules, wanted, used, room) : undefined;
  if (telling === undefined) return { rules };
  const { fact, byValue, always } = telling;
  room.entries -= entriesOf(telling);
  const without = new Set([...used, fact]);
  return {
    fact,
    byValue: new Map([...byValue].map(([value, same]) => [value, nodeOf(same, wanted, without, room)])),
    always: nodeOf(always, wanted, without, room),
  };
}

/** How a fact parts the rules: those that ask for a value of it, and those that do not ask. */
interface Telling {
  readonly fact: string;
  readonly byValue: ReadonlyMap<FactValue, readonly number[]>;
  readonly always: readonly number[];
}

const entriesOf = ({ byValue, always }: Telling): number =>
  [...byValue.values()].reduce((sum, { length }) => sum + length, always.length);

/**
 * The fact that tells most rules apart, counted by its different values; none where, whatever a fact says, all rules would be
 * left to ask, or where there is no room for the entries.
 */
function mostTelling(
  rules: readonly number[],
  wanted: readonly Wanted[],
  used: ReadonlySet<string>,
  room: Room,
): Telling | undefined {
  let best: Telling | undefined;
  for (const fact of new Set(rules.flatMap((rule) => [...wanted[rule]!.keys()]))) {
    if (used.has(fact)) continue;
    const telling = partedBy(fact, rules, wanted);
    if (telling.byValue.size <= Math.max(1, best?.byValue.size ?? 0)) continue;
    const most = [...telling.byValue.values()].reduce((greatest, { length }) => Math.max(greatest, length), 0);
    if (most + telling.always.length < rules.length && entriesOf(telling) <= room.entries) best = telling;
  }
  return best;
}

function partedBy(fact: string, rules: readonly number[], wanted: readonly Wanted[]): Telling {
  const byValue = new Map<FactValue, number[]>();
  const always: number[] = [];
  for (const rule of rules) {
    const values = wanted[rule]!.get(fact);
    if (values === undefined) always.push(rule);
    else {
      for (const value of new Set(values)) {
        const same = byValue.get(value);
        if (same === undefined) byValue.set(value, [rule]);
        else same.push(rule);
      }
    }
  }
  return { fact, byValue, always };
}

/** The facts that must have one of some values for the condition to hold. */
function equalitiesOf(condition: ConditionNode): Wanted {
  const found = new Map<string, readonly string[]>();
  const look = (node: ConditionNode): void => {
    if ('all' in node) node.all.forEach(look);
    else if ('any' in node) {
      if (node.any.length === 1) look(node.any[0]!);
    } else if ('fact' in node && !found.has(node.fact)) {
      if (node.operator === 'equal' && typeof node.value === 'string') found.set(node.fact, [node.value]);
      if (node.operator === 'in' && Array.isArray(node.value) && node.value.length <= MOST_VALUES)
        found.set(node.fact, node.value);
    }
  };
  look(condition);
  return found;
}
