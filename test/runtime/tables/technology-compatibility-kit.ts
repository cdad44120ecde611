/**
 * The decision tables of the DMN Technology Compatibility Kit, github.com/dmn-tck/tck (Apache-2.0), compliance level 2,
 * restated as rows: 17 tables with three cases each. What a case asks of each input, and what it expects.
 */
type Figure = number;
export type Value = string | Figure | boolean;

export interface Kit {
  readonly table: string;
  readonly policy: string;
  readonly aggregation?: string;
  /** Name and type. */
  readonly inputs: readonly (readonly [string, 'number' | 'string' | 'boolean'])[];
  /** Name, and the outcomes in their order where the policy goes by it. */
  readonly outputs: readonly (readonly [string, string?])[];
  /** Tests of the inputs, then outcomes. */
  readonly rules: readonly (readonly string[])[];
  /** Values of the inputs; then the outcomes, one list for each row that counts, or one figure. */
  readonly cases: readonly (readonly [readonly Value[], readonly (readonly Value[])[] | Figure])[];
}

const applicant: Kit['inputs'] = [
  ['Age', 'number'],
  ['RiskCategory', 'string'],
  ['isAffordable', 'boolean'],
];
const age: Kit['inputs'] = [['Age', 'number']];
const years: Kit['inputs'] = [['NumOfYears', 'number']];
const status: Kit['outputs'] = [['', '"Approved", "Declined"']];
const rated: Kit['outputs'] = [['Approved/Declined', '"Approved", "Declined"'], ['Rate']];
const ofApproval: Kit['rules'] = [
  ['>=18', '"Medium","Low"', 'true', '"Approved"'],
  ['<18', '-', '-', '"Declined"'],
  ['-', '"High"', '-', '"Declined"'],
  ['-', '-', 'false', '"Declined"'],
];
const ofRank: Kit['rules'] = [
  ['>=18', '"Medium","Low"', 'true', '"Approved"', '"Basic"'],
  ['<18', '-', '-', '"Declined"', '"Standard"'],
  ['-', '"High"', '-', '"Approved"', '"Standard"'],
];
const approvals: Kit['cases'] = [
  [[18, 'Medium', true], [['Approved']]],
  [[17, 'Medium', true], [['Declined']]],
  [[18, 'High', true], [['Declined']]],
];
const ofOrder: Kit['rules'] = [
  ['>=18', '"Medium"', 'true', '"Approved"', '"Best"'],
  ['>=12', '"Medium"', 'true', '"Approved"', '"Standard"'],
  ['<12', '"Low"', 'true', '"Declined"', '"Standard"'],
];
const salary: Kit['rules'] = [
  ['>1', '100'],
  ['>2', '200'],
  ['>3', '300'],
  ['>5', '500'],
];

export const kits: readonly Kit[] = [
  {
    ...{ table: '0004-simpletable-U', policy: 'UNIQUE', inputs: applicant, outputs: status, cases: approvals },
    rules: [
      ['>=18', '"Medium","Low"', 'true', '"Approved"'],
      ['<18', '"Medium","Low"', 'true', '"Declined"'],
      ['-', '"High"', 'true', '"Declined"'],
      ['-', '-', 'false', '"Declined"'],
    ],
  },
  {
    ...{ table: '0005-simpletable-A', policy: 'ANY', inputs: applicant, outputs: status, cases: approvals },
    rules: ofApproval,
  },
  {
    ...{ table: '0006-simpletable-P1', policy: 'PRIORITY', inputs: applicant, outputs: status, cases: approvals },
    rules: ofApproval,
  },
  {
    ...{ table: '0007-simpletable-P2', policy: 'PRIORITY', inputs: applicant, outputs: status, cases: approvals },
    rules: [
      ['>=18', '"Medium","Low"', 'true', '"Approved"'],
      ['-', '-', '-', '"Declined"'],
    ],
  },
  {
    ...{ table: '0010-multi-output-U', policy: 'UNIQUE', inputs: applicant, outputs: [['Status'], ['Rate']] },
    rules: [
      ['>=18', '"Low"', 'true', '"Approved"', '"Best"'],
      ['>=18', '"Medium"', 'true', '"Approved"', '"Standard"'],
      ['<18', '"Medium","Low"', 'true', '"Declined"', '"Standard"'],
      ['-', '"High"', 'true', '"Declined"', '"Standard"'],
      ['-', '-', 'false', '"Declined"', '"Standard"'],
    ],
    cases: [
      [[18, 'Medium', true], [['Approved', 'Standard']]],
      [[17, 'Medium', true], [['Declined', 'Standard']]],
      [[18, 'High', true], [['Declined', 'Standard']]],
    ],
  },
  {
    ...{ table: '0108-first-hitpolicy', policy: 'FIRST', inputs: applicant, outputs: [['Status'], ['Rate']] },
    rules: ofOrder,
    cases: [
      [[19, 'Medium', true], [['Approved', 'Best']]],
      [[13, 'Medium', true], [['Approved', 'Standard']]],
      [[10, 'Low', true], [['Declined', 'Standard']]],
    ],
  },
  {
    ...{ table: '0109-ruleOrder-hitpolicy', policy: 'RULE ORDER', inputs: applicant, outputs: [['Status'], ['Rate']] },
    rules: ofOrder,
    cases: [
      [
        [19, 'Medium', true],
        [
          ['Approved', 'Best'],
          ['Approved', 'Standard'],
        ],
      ],
      [[13, 'Medium', true], [['Approved', 'Standard']]],
      [[10, 'Low', true], [['Declined', 'Standard']]],
    ],
  },
  {
    ...{
      table: '0110-outputOrder-hitpolicy',
      policy: 'OUTPUT ORDER',
      inputs: applicant,
      outputs: rated,
      rules: ofRank,
    },
    cases: [
      [
        [17, 'High', true],
        [
          ['Approved', 'Standard'],
          ['Declined', 'Standard'],
        ],
      ],
      [[19, 'Low', true], [['Approved', 'Basic']]],
      [[10, 'Low', true], [['Declined', 'Standard']]],
    ],
  },
  {
    ...{ table: '0111-first-hitpolicy-singleoutputcol', policy: 'FIRST', inputs: [['age', 'number']], outputs: [['']] },
    rules: [
      ['>18', '"Cars"'],
      ['>12', '"Videogames"'],
      ['>0', '"Toys"'],
    ],
    cases: [
      [[19], [['Cars']]],
      [[13], [['Videogames']]],
      [[5], [['Toys']]],
    ],
  },
  {
    ...{ table: '0112-ruleOrder-hitpolicy-singleinoutcol', policy: 'RULE ORDER', inputs: age, outputs: [['']] },
    rules: [
      ['>=18', '"Best"'],
      ['>=12', '"Standard"'],
      ['<12', '"Standard"'],
    ],
    cases: [
      [[19], [['Best'], ['Standard']]],
      [[13], [['Standard']]],
      [[10], [['Standard']]],
    ],
  },
  {
    ...{ table: '0113-outputOrder-hitpolicy-singleinoutcol', policy: 'OUTPUT ORDER', inputs: age, outputs: status },
    rules: [
      ['>=18', '"Approved"'],
      ['<18', '"Declined"'],
      ['>=0', '"Approved"'],
    ],
    cases: [
      [[17], [['Approved'], ['Declined']]],
      [[19], [['Approved'], ['Approved']]],
      [[10], [['Approved'], ['Declined']]],
    ],
  },
  {
    ...{ table: '0114-min-collect-hitpolicy', policy: 'COLLECT', aggregation: 'MIN', inputs: years, outputs: [['']] },
    rules: [
      ['>1', '98.83'],
      ['>2', '150.21'],
      ['>3', '205.43'],
      ['>4', '64.32'],
    ],
    cases: [
      [[5], 64.32],
      [[3], 98.83],
      [[4], 98.83],
    ],
  },
  {
    ...{ table: '0115-sum-collect-hitpolicy', policy: 'COLLECT', aggregation: 'SUM', inputs: years, outputs: [['']] },
    rules: salary,
    cases: [
      [[6], 1100],
      [[3], 300],
      [[2], 100],
    ],
  },
  {
    ...{
      table: '0116-count-collect-hitpolicy',
      policy: 'COLLECT',
      aggregation: 'COUNT',
      inputs: years,
      outputs: [['']],
    },
    rules: salary,
    cases: [
      [[6], 4],
      [[2], 1],
      [[3], 2],
    ],
  },
  {
    ...{ table: '0117-multi-any-hitpolicy', policy: 'ANY', inputs: applicant, outputs: [['Status'], ['Rate']] },
    rules: [
      ['>=18', '"Low"', 'true', '"Approved"', '"Best"'],
      ['>=18', '"Medium"', 'true', '"Approved"', '"Standard"'],
      ['<18', '"Medium","Low"', 'true', '"Declined"', '"Standard"'],
      ['-', '"High"', 'true', '"Declined"', '"Standard"'],
      ['-', '-', 'false', '"Declined"', '"Standard"'],
      ['>=19', '"Low"', 'true', '"Approved"', '"Best"'],
    ],
    cases: [
      [[19, 'Low', true], [['Approved', 'Best']]],
      [[17, 'High', true], [['Declined', 'Standard']]],
      [[19, 'Medium', true], [['Approved', 'Standard']]],
    ],
  },
  {
    ...{ table: '0118-multi-priority-hitpolicy', policy: 'PRIORITY', inputs: applicant, outputs: rated, rules: ofRank },
    cases: [
      [[17, 'High', true], [['Approved', 'Standard']]],
      [[19, 'Low', true], [['Approved', 'Basic']]],
      [[10, 'Low', true], [['Declined', 'Standard']]],
    ],
  },
  {
    ...{ table: '0119-multi-collect-hitpolicy', policy: 'COLLECT', inputs: applicant, outputs: rated, rules: ofRank },
    cases: [
      [
        [17, 'High', true],
        [
          ['Declined', 'Standard'],
          ['Approved', 'Standard'],
        ],
      ],
      [[19, 'Low', true], [['Approved', 'Basic']]],
      [[10, 'Low', true], [['Declined', 'Standard']]],
    ],
  },
];
