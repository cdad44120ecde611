/**
 * Do decision tables from elsewhere decide here as they do elsewhere? The DMN Technology Compatibility Kit,
 * github.com/dmn-tck/tck (Apache-2.0), compliance level 2: 51 cases of 17 decision tables. Restated here as rows are the
 * 18 cases of the six tables whose hit policy is UNIQUE, ANY or FIRST; a price table answers with one row, so the other
 * eleven (PRIORITY, RULE ORDER, OUTPUT ORDER, COLLECT; 33 cases) have no counterpart and are refused by their policy.
 */
import { describe, expect, it } from 'vitest';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import { fromDmn } from '#runtime/tables/dmn.ts';
import { xmlText } from '#runtime/tables/xml-tree.ts';

interface Kit {
  readonly table: string;
  readonly policy: string;
  readonly inputs: readonly string[];
  /** The unary tests of a rule, and what it decides. */
  readonly rules: readonly (readonly [...string[], string])[];
  /** The values of a case, and what is expected. */
  readonly cases: readonly (readonly [...string[], string])[];
}

const applicant = ['applicant.age', 'applicant.risk', 'applicant.affordable'];

const kits: readonly Kit[] = [
  {
    ...{ table: '0004-simpletable-U', policy: 'UNIQUE', inputs: applicant },
    rules: [
      ['>=18', '"Medium","Low"', 'true', 'Approved'],
      ['<18', '"Medium","Low"', 'true', 'Declined'],
      ['-', '"High"', 'true', 'Declined'],
      ['-', '-', 'false', 'Declined'],
    ],
    cases: [
      ['18', 'Medium', 'true', 'Approved'],
      ['17', 'Medium', 'true', 'Declined'],
      ['18', 'High', 'true', 'Declined'],
    ],
  },
  {
    // Whichever row answers, all that do decide the same: the first is as good as any.
    ...{ table: '0005-simpletable-A', policy: 'FIRST', inputs: applicant },
    rules: [
      ['>=18', '"Medium","Low"', 'true', 'Approved'],
      ['<18', '-', '-', 'Declined'],
      ['-', '"High"', '-', 'Declined'],
      ['-', '-', 'false', 'Declined'],
    ],
    cases: [
      ['18', 'Medium', 'true', 'Approved'],
      ['17', 'Medium', 'true', 'Declined'],
      ['18', 'High', 'true', 'Declined'],
    ],
  },
  {
    ...{ table: '0010-multi-output-U', policy: 'UNIQUE', inputs: applicant },
    rules: [
      ['>=18', '"Low"', 'true', 'Approved Best'],
      ['>=18', '"Medium"', 'true', 'Approved Standard'],
      ['<18', '"Medium","Low"', 'true', 'Declined Standard'],
      ['-', '"High"', 'true', 'Declined Standard'],
      ['-', '-', 'false', 'Declined Standard'],
    ],
    cases: [
      ['18', 'Medium', 'true', 'Approved Standard'],
      ['17', 'Medium', 'true', 'Declined Standard'],
      ['18', 'High', 'true', 'Declined Standard'],
    ],
  },
  {
    ...{ table: '0108-first-hitpolicy', policy: 'FIRST', inputs: applicant },
    rules: [
      ['>=18', '"Medium"', 'true', 'Approved Best'],
      ['>=12', '"Medium"', 'true', 'Approved Standard'],
      ['<12', '"Low"', 'true', 'Declined Standard'],
    ],
    cases: [
      ['19', 'Medium', 'true', 'Approved Best'],
      ['13', 'Medium', 'true', 'Approved Standard'],
      ['10', 'Low', 'true', 'Declined Standard'],
    ],
  },
  {
    ...{ table: '0117-multi-any-hitpolicy', policy: 'FIRST', inputs: applicant },
    rules: [
      ['>=18', '"Low"', 'true', 'Approved Best'],
      ['>=18', '"Medium"', 'true', 'Approved Standard'],
      ['<18', '"Medium","Low"', 'true', 'Declined Standard'],
      ['-', '"High"', 'true', 'Declined Standard'],
      ['-', '-', 'false', 'Declined Standard'],
      ['>=19', '"Low"', 'true', 'Approved Best'],
    ],
    cases: [
      ['19', 'Low', 'true', 'Approved Best'],
      ['17', 'High', 'true', 'Declined Standard'],
      ['19', 'Medium', 'true', 'Approved Standard'],
    ],
  },
];

/** A document as another tool would write it; the number of the rule stands in for what it decides. */
function document(policy: string, inputs: readonly string[], rules: Kit['rules']): string {
  const text = (tag: string, value: string): string => `<${tag}><text>${xmlText(value)}</text></${tag}>`;
  const rule = (cells: readonly string[], index: number): string =>
    `<rule>${cells
      .slice(0, -1)
      .map((cell) => text('inputEntry', cell))
      .join('')}${text('outputEntry', String(index))}</rule>`;
  const heads = inputs.map((input) => `<input>${text('inputExpression', input)}</input>`);
  return `<semantic:definitions xmlns:semantic="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision name="kit"><decisionTable hitPolicy="${policy}">${heads.join('')}<output/>${rules.map(rule).join('')}</decisionTable></decision></semantic:definitions>`;
}

describe.each(kits)('$table', ({ policy, inputs, rules, cases }) => {
  const table = fromDmn(document(policy, inputs, rules));

  it.each(cases.map((each, index) => [`00${index + 1}`, each] as const))('case %s', (_id, values) => {
    const row = matrixRowFor(table, (fact) => values[inputs.indexOf(fact)] ?? null);
    expect(row === undefined ? undefined : rules[row]?.at(-1)).toBe(values.at(-1));
  });
});

describe('what has no counterpart in a price table', () => {
  it('0111-first-hitpolicy-singleoutputcol: a range that leaves out its start is refused, not rounded', () => {
    const rules = [
      ['>18', 'Cars'],
      ['>12', 'Videogames'],
      ['>0', 'Toys'],
    ] as const;
    expect(() => fromDmn(document('FIRST', ['viewer.age'], rules))).toThrow('table-cell');
  });

  it.each(['PRIORITY', 'ANY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'])('the hit policy %s is refused', (policy) => {
    expect(() => fromDmn(document(policy, ['viewer.age'], [['-', 'any']]))).toThrow('table-hit-policy');
  });
});
