/**
 * How does a price table become a DMN decision table, and a decision table a price table?
 * Also called: Decision Model and Notation, DMN XML, 判定表の入出力.
 */
import { factDictionary } from '#engine/conditions/dictionary.ts';
import { byPriority } from '#engine/tables/decision-table.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MatrixCell, MatrixColumn, MatrixPrice, MatrixRow } from '#schemas/generated/types.ts';
import { Faults } from './faults.ts';
import { decisionTableElement, decisionTableIn } from './dmn-decision.ts';
import { figures, rowOf } from './row.ts';
import { fromUnaryTests, toUnaryTests, type Match } from './unary-tests.ts';
import { childrenOf, textIn, xmlText, type XmlElement } from './xml-tree.ts';

const model = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
const own = 'urn:kanade:decision-table';

const names = ['name.ja', 'name.en'] as const;

/** The table as a DMN 1.3 document with one decision, called `name`. */
export function toDmn(table: MatrixPrice, name: string): string {
  const used = figures.filter(
    (output) => output === 'unitPrice' || table.rows.some((row) => row[output] !== undefined),
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<definitions xmlns="${model}" xmlns:kanade="${own}" id="definitions" name="${xmlText(name)}" namespace="${own}">`,
    `  <decision id="decision" name="${xmlText(name)}">`,
    '    <variable name="price"/>',
    `    <decisionTable ${policies[table.hit]}>`,
    ...table.columns.map(
      ({ fact, match }) =>
        `      <input kanade:match="${match}" label="${xmlText(factDictionary.get(fact)?.label.en ?? fact)}">` +
        `<inputExpression typeRef="${typeOf(fact)}"><text>${xmlText(fact)}</text></inputExpression></input>`,
    ),
    ...used.map((output) => `      <output name="${output}" typeRef="number"/>`),
    ...names.map((each) => `      <annotation name="${each}"/>`),
    ...table.rows.flatMap((row) => ruleLines(row, table.columns, used)),
    '    </decisionTable>',
    '  </decision>',
    '</definitions>',
  ];
  return `${lines.join('\n')}\n`;
}

function ruleLines(
  row: MatrixRow,
  columns: readonly MatrixColumn[],
  used: readonly (typeof figures)[number][],
): string[] {
  const entry = (tag: string, text: string): string => `        <${tag}><text>${xmlText(text)}</text></${tag}>`;
  return [
    `      <rule id="${xmlText(row.id)}">`,
    ...columns.map(({ fact, match }, index) =>
      entry('inputEntry', toUnaryTests(row.when[index] ?? null, { match, type: typeOf(fact) })),
    ),
    ...used.map((output) => entry('outputEntry', row[output] ?? 'null')),
    ...[row.name?.ja, row.name?.en].map((name) => entry('annotationEntry', name ?? '')),
    '      </rule>',
  ];
}

function typeOf(fact: string): 'string' | 'number' | 'date' {
  const type = factDictionary.get(fact)?.type;
  return type === 'decimal' ? 'number' : type === 'date' ? 'date' : 'string';
}

/** How a hit policy stands in DMN: of prices the lowest or highest is what COLLECT makes of them. */
const policies: Readonly<Record<MatrixPrice['hit'], string>> = {
  unique: 'hitPolicy="UNIQUE"',
  any: 'hitPolicy="ANY"',
  first: 'hitPolicy="FIRST"',
  cheapest: 'hitPolicy="COLLECT" aggregation="MIN"',
  dearest: 'hitPolicy="COLLECT" aggregation="MAX"',
};

/** The only decision table of the document, or that of the decision called `decision`. Refused with `table-…` where it cannot be ours. */
export const fromDmn = (xml: string, decision?: string): MatrixPrice => tableIn(decisionTableElement(xml, decision));

/** PRIORITY becomes FIRST once its rows stand in that order. Several outcomes, or their sum, are no price of one use. */
const hits: Readonly<Record<string, MatrixPrice['hit']>> = {
  UNIQUE: 'unique',
  ANY: 'any',
  FIRST: 'first',
  PRIORITY: 'first',
  'COLLECT MIN': 'cheapest',
  'COLLECT MAX': 'dearest',
};

function tableIn(table: XmlElement): MatrixPrice {
  const { hitPolicy = 'UNIQUE', aggregation } = table.attributes;
  const policy = hitPolicy === 'COLLECT' && aggregation !== undefined ? `${hitPolicy} ${aggregation}` : hitPolicy;
  const hit = hits[policy];
  if (hit === undefined) throw new Refusal('table-hit-policy', { policy });
  const inputs = childrenOf(table, 'input');
  const facts = inputs.map((input) => childrenOf(input, 'inputExpression').map(textIn)[0]?.trim() ?? '');
  const results = childrenOf(table, 'output').map(({ attributes }) => attributes['name'] ?? '');
  const prices = results.length === 1 ? ['unitPrice'] : results;
  const annotations = childrenOf(table, 'annotation').map(({ attributes }) => attributes['name'] ?? '');
  const matches: (Match | undefined)[] = inputs.map(({ attributes }) => attributes['match'] as Match | undefined);
  const faults = new Faults();
  const read = childrenOf(table, 'rule').map((rule, index): MatrixRow | undefined => {
    const when = childrenOf(rule, 'inputEntry').map((entry, column): MatrixCell => {
      const cell = fromUnaryTests(textIn(entry), factDictionary.get(facts[column] ?? ''));
      if (cell === undefined)
        faults.add('table-cell', { row: index + 1, column: String(column + 1), text: textIn(entry).trim() });
      if (cell?.match !== undefined) matches[column] ??= cell.match;
      return cell?.cell ?? null;
    });
    const entries = childrenOf(rule, 'outputEntry').map((entry) => textIn(entry).trim());
    const [ja = '', en = ''] = names.map((name) => {
      const entry = childrenOf(rule, 'annotationEntry')[annotations.indexOf(name)];
      return entry === undefined ? '' : textIn(entry);
    });
    const row = rowOf({ id: idOf(rule.attributes['id'], index), ja, en, when }, prices, entries);
    if (row === undefined) faults.add('table-without-price', { row: index + 1 });
    return row;
  });
  faults.settle();
  const rows = read.filter((row) => row !== undefined);
  const columns = facts.map((fact, index) => ({ fact, match: matches[index] ?? 'equal' }));
  const inOrder =
    policy === 'PRIORITY' ? byPriority(decisionTableIn(table), [...rows.keys()]).map((row) => rows[row]!) : rows;
  return { model: 'matrix', hit, columns, rows: inOrder };
}

/** An id that may be ours, else one by the number of the row. */
const idOf = (id: string | undefined, index: number): string =>
  id !== undefined && /^[a-z][a-z0-9-]{0,63}$/.test(id) ? id : `row-${index + 1}`;
