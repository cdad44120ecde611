/** Poison that is too large to lie in a file: made from what is repeated. */
import type { Condition, ConditionNode, MatrixCell, Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from '../engine/rulesets/sound-set.ts';

const text = (ruleset: unknown): string => JSON.stringify(ruleset);
const vip: ConditionNode = { fact: 'customer.segment', operator: 'equal', value: 'vip' };

function campaign(eligibility: Condition): string {
  const { campaign: given } = soundSet();
  return text({ ...given, id: 'poison', body: { ...given.body, eligibility } });
}

function table(whens: readonly MatrixCell[][], hit = 'unique'): string {
  const { ratePlan } = soundSet();
  const price = {
    ...{ model: 'matrix', hit },
    columns: [
      { fact: 'usage.number', match: 'prefix' },
      { fact: 'usage.hour', match: 'range' },
    ],
    rows: whens.map((when, row) => ({ id: `r${row}`, when, unitPrice: `${row}` })),
  };
  const charges = ratePlan.body.charges.map((charge, index) => (index === 6 ? { ...charge, price } : charge));
  return text({ ...ratePlan, id: 'poison', body: { ...ratePlan.body, charges } });
}

const rows = (count: number, when: (row: number) => MatrixCell[]): MatrixCell[][] =>
  Array.from({ length: count }, (_, row) => when(row));

function renamed(en: string): string {
  const { rounding } = soundSet();
  return text({ ...rounding, id: 'poison', name: { ja: 'x', en } });
}

const priced = (price: string): string => {
  const ruleset: Ruleset = soundSet().ratePlan;
  return text({ ...ruleset, id: 'poison' }).replace(/"price":"\d+"/, `"price":${price}`);
};

/** What it is, the code that it is refused with, and the text. */
export const largeRulesets: readonly (readonly [string, string, () => string])[] = [
  ['three megabytes', 'document-too-large', () => renamed('a'.repeat(3 * 1024 * 1024))],
  ['a name of two million letters', 'text-too-long', () => renamed('a'.repeat(2_000_000))],
  [
    'two million spaces before the end',
    'not-an-identifier',
    () => text({ ...soundSet().rounding, id: 'Poison' }) + ' '.repeat(2_000_000),
  ],
  ['a decimal of a million digits', 'not-a-decimal', () => priced(`"${'9'.repeat(1_000_000)}"`)],
  ['a number of a million digits', 'malformed-json', () => priced('9'.repeat(1_000_000))],
  ['a decimal of a million digits after the point', 'not-a-decimal', () => priced(`"0.${'3'.repeat(1_000_000)}"`)],
  ['a million lists within one another', 'nested-too-deep', () => '['.repeat(1_000_000)],
  ['three hundred thousand objects within one another', 'nested-too-deep', () => '{"a":'.repeat(300_000)],
  [
    'a hundred thousand fields',
    'unknown-field',
    () =>
      text({
        ...soundSet().rounding,
        id: 'poison',
        ...Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1])),
      }),
  ],
  [
    'five thousand negations',
    'nested-too-deep',
    () =>
      campaign({ all: [] }).replace('"all":[]', `"all":[${'{"not":'.repeat(5_000)}${text(vip)}${'}'.repeat(5_000)}]`),
  ],
  [
    'twenty thousand and one comparisons',
    'too-many-entries',
    () => campaign({ any: Array.from({ length: 20_000 }, () => vip) }),
  ],
  ['a condition that doubles fourteen times', 'condition-too-large', () => campaign(doubled(14))],
  ['five hundred charges of one meter, each for whom no other is', 'accepted', () => divided(500)],
  ['a hundred thousand rows', 'document-too-large', () => table(rows(100_000, (row) => [`${row}`, null]))],
  ['twenty thousand and one rows', 'too-many-entries', () => table(rows(20_001, (row) => [`${row}`, null]))],
  ['twenty thousand rows that are all the same', 'rows-overlap', () => table(rows(20_000, () => ['0', null]))],
  [
    'twenty thousand rows that meet here and there',
    'rows-overlap',
    () => table(rows(20_000, (row) => [`${row % 999}`, { from: `${row % 24}`, to: '24' }])),
  ],
  [
    'a prefix that a thousand rows begin with',
    'rows-overlap',
    () => table(rows(1_000, (row) => ['0'.repeat(row % 200), null])),
  ],
  ['a text of escapes', 'text-too-long', () => renamed('').replace('"en":""', `"en":"${'\\u0041'.repeat(300_000)}"`)],
  ['a million quotation marks', 'malformed-json', () => '"'.repeat(1_000_000)],
  ['a million commas', 'malformed-json', () => `[${','.repeat(1_000_000)}]`],
];

/** Each charge of the plan asks for hours and numbers of its own, and of twenty segments none that another asks for. */
function divided(count: number): string {
  const { ratePlan } = soundSet();
  const charges = Array.from({ length: count }, (_, index) => ({
    ...ratePlan.body.charges[2]!,
    id: `c${index}`,
    where: {
      all: [
        { fact: 'usage.number', operator: 'equal', value: `0${index}` },
        ...Array.from({ length: 18 }, (_each, at) => ({
          ...{ fact: at % 2 === 0 ? 'usage.hour' : 'customer.age', operator: 'decimalGreaterThan' },
          value: `${at}`,
        })),
      ],
    },
  }));
  return text({ ...ratePlan, id: 'poison', body: { charges } });
}

/** Both halves of an `any` are the same, and so on down. */
function doubled(times: number): Condition {
  let node: ConditionNode = vip;
  for (let level = 0; level < times; level += 1) node = { any: [node, node] };
  return node as Condition;
}

export const largeForms: readonly (readonly [string, string, () => string])[] = [
  ['a megabyte of text', 'form-too-large', () => `<p>${'a'.repeat(1_000_000)}</p>`],
  ['sixty thousand signs that open an element', 'form-element', () => '<'.repeat(60_000)],
  [
    'three thousand blocks within one another',
    'form-too-deep',
    () => `${'{{#if name}}'.repeat(3_000)}x${'{{/if}}'.repeat(3_000)}`,
  ],
  ['twenty blocks within one another', 'form-too-deep', () => `${'{{#if name}}'.repeat(20)}x${'{{/if}}'.repeat(20)}`],
  ['partials that double twenty times', 'form-too-large', () => '{{> twice-1}}'],
  ['fifty thousand spaces in an attribute', 'form-attribute', () => `<p${' '.repeat(50_000)}x="1">x</p>`],
];

const headings = 'id (unique),name ja,name en,usage.quantity (range),unitPrice,unitSize,connectFee';
const csvCell = (cell: string): string => `${headings}\na,,,"${cell}",1,,\n`;
const dmnCell = (cell: string): string =>
  '<definitions><decision><decisionTable><input><inputExpression><text>usage.quantity</text></inputExpression></input>' +
  `<output name="unitPrice"/><rule><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>` +
  '</decisionTable></decision></definitions>';

/** Files of price tables, CSV and DMN. */
export const largeTables: readonly (readonly [string, string, () => string])[] = [
  ['a name that ends two hundred thousand spaces later', 'table-cell', () => csvCell(`a${' '.repeat(200_000)}!`)],
  ['a range that begins with two hundred thousand spaces', 'table-cell', () => dmnCell(`[${' '.repeat(200_000)}x`)],
  ['a day of two hundred thousand spaces', 'table-cell', () => dmnCell(`[date("${' '.repeat(200_000)}")..`)],
  ['a number of two hundred thousand digits in a range', 'table-cell', () => dmnCell(`[${'1'.repeat(200_000)}`)],
  ['a text of a hundred thousand quotation marks', 'table-cell', () => dmnCell(`"${'\\"'.repeat(100_000)}`)],
  ['a hundred thousand elements within one another', 'table-not-dmn', () => '<a>'.repeat(100_000)],
  [
    'entities that double',
    'table-not-dmn',
    () => `<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "${'&x;'.repeat(10_000)}">]><a>${'&z;'.repeat(10_000)}</a>`,
  ],
  ['a hundred thousand columns', 'table-heading', () => ','.repeat(100_000)],
  [
    'a heading of a hundred thousand brackets',
    'table-heading',
    () => csvCell('1').replace('(range)', '('.repeat(100_000)),
  ],
];
