/**
 * Which amounts of the cases are others under one set of rulesets than under another, and what does that come to in all?
 * Pure. Also called: case impact, regression of amounts, ケースの金額差, 影響額の合計.
 */
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import { exact, minus, plus, toText, ZERO } from '#engine/money/exact.ts';
import type { AmountsCompared, ToCompare } from '#runtime/changes/compare-amounts.ts';
import type { Case, Localized, Ruleset } from '#schemas/generated/types.ts';

/** A case, and 'kind/id' of the ruleset whose case it is. */
export type CaseOf = { readonly ruleset: string; readonly case: Case };

export type MovedCase = AmountsCompared & { readonly it: Localized; readonly ruleset: string };

export type SumMoved = {
  readonly currency: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
};

export type MovedCases = {
  /** How many cases both sides can bill, and what they come to, one sum a currency. */
  readonly compared: number;
  readonly sums: readonly SumMoved[];
  /** Those of them that come out otherwise. */
  readonly moved: readonly MovedCase[];
  /** What one side can bill and the other cannot: such as a plan that is not there yet. */
  readonly onlyBefore: readonly MovedCase[];
  readonly onlyAfter: readonly MovedCase[];
};

/** The rulesets as they would be if this version were the last of its ruleset, whether it is among them or not. */
export const asIfLast = (rulesets: readonly Ruleset[], last: Ruleset): readonly Ruleset[] => [
  ...rulesets.filter(({ kind, id, version }) => kind !== last.kind || id !== last.id || version < last.version),
  last,
];

/** The cases of either side, each once: those that give and pick the same, whatever they expect. */
export function casesOfEither(before: readonly CaseOf[], after: readonly CaseOf[]): readonly CaseOf[] {
  const contentOf = ({ case: { given, release = [] } }: CaseOf): string => canonicalJson([given, release]);
  return [...new Map([...before, ...after].map((one) => [contentOf(one), one])).values()];
}

/** What the comparing thread computes for the cases; its keys are their places. */
export const caseItems = (cases: readonly CaseOf[]): readonly ToCompare[] =>
  cases.map(({ case: { given, release } }, index) => ({
    key: `${index}`,
    document: given,
    month: null,
    ...(release === undefined ? {} : { release }),
  }));

/** From the amounts of `caseItems`. */
export function movedCases(cases: readonly CaseOf[], amounts: ReadonlyMap<string, AmountsCompared>): MovedCases {
  const billed = cases.flatMap(({ ruleset, case: { it } }, index): MovedCase[] => {
    const found = amounts.get(`${index}`);
    return found === undefined ? [] : [{ it, ruleset, ...found }];
  });
  const compared = billed.filter(({ before, after }) => before !== null && after !== null);
  return {
    compared: compared.length,
    sums: sumsOf(compared),
    moved: compared.filter(isMoved),
    onlyBefore: billed.filter(({ before, after }) => before !== null && after === null),
    onlyAfter: billed.filter(({ before, after }) => before === null && after !== null),
  };
}

const isMoved = ({ difference, lines }: AmountsCompared): boolean =>
  difference !== '0' || lines.some((line) => line.difference !== '0');

function sumsOf(compared: readonly MovedCase[]): SumMoved[] {
  const sums = new Map<string, { before: typeof ZERO; after: typeof ZERO }>();
  for (const { currency, before, after } of compared) {
    if (currency === null || before === null || after === null) continue;
    const sum = sums.get(currency) ?? { before: ZERO, after: ZERO };
    sums.set(currency, {
      before: plus(sum.before, exact(before.total)),
      after: plus(sum.after, exact(after.total)),
    });
  }
  return [...sums].map(([currency, { before, after }]) => ({
    ...{ currency, before: toText(before), after: toText(after) },
    difference: toText(minus(after, before)),
  }));
}
