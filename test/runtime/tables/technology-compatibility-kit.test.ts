/**
 * Do decision tables from elsewhere decide here as they do elsewhere? All 51 cases of the decision tables of the DMN kit at
 * compliance level 2, read from XML as a tool would write it; and those whose policy a price table has, as price tables too.
 */
import { describe, expect, it } from 'vitest';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import { decideFor, decisionTableElement, decisionTableIn } from '#runtime/tables/dmn-decision.ts';
import { fromDmn } from '#runtime/tables/dmn.ts';
import { xmlText } from '#runtime/tables/xml-tree.ts';
import { kits, type Kit } from './technology-compatibility-kit.ts';

const text = (tag: string, value: string): string => `<${tag}><text>${xmlText(value)}</text></${tag}>`;

/** `outcome` writes what a rule decides, by its number. */
function document(
  { policy, aggregation, inputs, outputs, rules }: Omit<Kit, 'table' | 'cases'>,
  outcome: (rule: readonly string[], index: number) => readonly string[] = (rule) => rule.slice(inputs.length),
): string {
  const heads = inputs.map(
    ([name, type]) => `<input><inputExpression typeRef="feel:${type}"><text>${name}</text></inputExpression></input>`,
  );
  const results = outputs.map(
    ([name, values]) =>
      `<output${name === '' ? '' : ` name="${name}"`}>${values === undefined ? '' : text('outputValues', values)}</output>`,
  );
  const written = rules.map(
    (rule, index) =>
      `<rule>${rule
        .slice(0, inputs.length)
        .map((cell) => text('inputEntry', cell))
        .join('')}${outcome(rule, index)
        .map((value) => text('outputEntry', value))
        .join('')}</rule>`,
  );
  const how = aggregation === undefined ? '' : ` aggregation="${aggregation}"`;
  return `<semantic:definitions xmlns:semantic="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision name="kit"><decisionTable hitPolicy="${policy}"${how}>${[...heads, ...results, ...written].join('')}</decisionTable></decision></semantic:definitions>`;
}

it('the kit has 51 cases of 17 decision tables at this level', () => {
  expect([kits.length, kits.flatMap(({ cases }) => cases).length]).toEqual([17, 51]);
});

describe.each(kits)('$table', (kit) => {
  const { inputs, cases } = kit;
  const table = decisionTableIn(decisionTableElement(document(kit)));

  it.each(cases.map((each, index) => [`00${index + 1}`, ...each] as const))('case %s', (_id, values, expected) => {
    const decision = decideFor(table, Object.fromEntries(inputs.map(([name], index) => [name, values[index]])));
    const decided =
      decision.is === 'outcome'
        ? [decision.outcome.map((each) => each.text)]
        : decision.is === 'outcomes'
          ? decision.outcomes.map((outcome) => outcome.map((each) => each.text))
          : decision.is === 'figure'
            ? decision.figure
            : decision.is;
    expect(decided).toEqual(typeof expected === 'number' ? String(expected) : expected);
  });
});

/** The kit's inputs as facts of ours: ages are whole months of tenure, for which '> 18' is 'from 19'. */
const facts: Readonly<Record<string, string>> = {
  Age: 'product.tenureMonths',
  age: 'product.tenureMonths',
  NumOfYears: 'product.tenureMonths',
  RiskCategory: 'usage.destination',
  isAffordable: 'usage.band',
};
const hasOwnPolicy = ({ policy, aggregation }: Kit): boolean =>
  ['UNIQUE', 'ANY', 'FIRST'].includes(policy) || aggregation === 'MIN';
const asPrices = (kit: Kit): string =>
  document(
    { ...kit, inputs: kit.inputs.map(([name, type]) => [facts[name]!, type]), outputs: [['']] },
    (rule, index) => (kit.aggregation === undefined ? [String(index)] : rule.slice(kit.inputs.length)),
  );

describe.each(kits.filter(hasOwnPolicy))('as a price table: $table', (kit) => {
  const { inputs, rules, cases } = kit;
  const table = fromDmn(asPrices(kit));

  it.each(cases.map((each, index) => [`00${index + 1}`, ...each] as const))('case %s', (_id, values, expected) => {
    const named = new Map(inputs.map(([name], index) => [facts[name]!, String(values[index])]));
    const row = matrixRowFor(table, (fact) => named.get(fact) ?? null);
    if (typeof expected === 'number') return expect(table.rows[row!]?.unitPrice).toBe(String(expected));
    const rule = rules[Number(table.rows[row!]?.unitPrice)];
    expect(rule?.slice(inputs.length)).toEqual(expected[0]!.map((each) => `"${each}"`));
  });
});

it.each(kits.filter((kit) => !hasOwnPolicy(kit) && kit.policy !== 'PRIORITY').map((kit) => [kit.table, kit] as const))(
  'no price table: %s answers with several rows, or with a figure made of several',
  (_, kit) => {
    expect(() => fromDmn(asPrices(kit))).toThrow('table-hit-policy');
  },
);
