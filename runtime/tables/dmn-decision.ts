/**
 * Which decision table does a DMN document hold, as its author meant it: with any hit policy and any outputs?
 * Also called: DMN XML, decision model, DMN の読み込み.
 */
import {
  decide,
  type Aggregation,
  type Decision,
  type DecisionTable,
  type HitPolicy,
  type Literal,
} from '#engine/tables/decision-table.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { literalIn, literalsIn, testIn } from './feel.ts';
import { childrenOf, descendants, textIn, xmlTree, type XmlElement } from './xml-tree.ts';

const policies: readonly string[] = [
  'UNIQUE',
  'ANY',
  'FIRST',
  'PRIORITY',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
] satisfies HitPolicy[];
const aggregations: readonly string[] = ['SUM', 'MIN', 'MAX', 'COUNT'] satisfies Aggregation[];
const types: Readonly<Record<string, Literal['is']>> = {
  number: 'number',
  string: 'text',
  date: 'date',
  boolean: 'boolean',
};

/** The element of the only decision table, or of the decision called `decision`. Refused with `table-not-dmn` and `table-not-one`. */
export function decisionTableElement(xml: string, decision?: string): XmlElement {
  const document = xmlTree(xml);
  if (document?.name !== 'definitions') throw new Refusal('table-not-dmn');
  const decisions = descendants(document, 'decision').filter((each) => childrenOf(each, 'decisionTable').length > 0);
  const wanted = decisions.filter(({ attributes }) => decision === undefined || attributes['name'] === decision);
  const [table] = wanted.length === 1 ? childrenOf(wanted[0]!, 'decisionTable') : [];
  if (table === undefined)
    throw new Refusal('table-not-one', { found: decisions.map(({ attributes }) => attributes['name'] ?? '') });
  return table;
}

/** Refused with `table-…` where a cell, a list of values or the hit policy cannot be read, or where there is nothing for the policy to go by. */
export function decisionTableIn(table: XmlElement): DecisionTable {
  const policy = table.attributes['hitPolicy'] ?? 'UNIQUE';
  const aggregation = table.attributes['aggregation'] ?? null;
  if (!policies.includes(policy)) throw new Refusal('table-hit-policy', { policy });
  if (aggregation !== null && !aggregations.includes(aggregation))
    throw new Refusal('table-hit-policy', { policy: `${policy} ${aggregation}` });
  const inputs = childrenOf(table, 'input').map((input) => {
    const expression = childrenOf(input, 'inputExpression')[0];
    const type = types[expression?.attributes['typeRef']?.replace(/^.*:/, '') ?? ''];
    const name = expression === undefined ? '' : textIn(expression).trim();
    const [allowed = ''] = childrenOf(input, 'inputValues').map(textIn);
    return { name, type: type ?? null, allowed: testIn(allowed) ?? unlisted(name, allowed) };
  });
  const outputs = childrenOf(table, 'output').map((output, index) => ({
    name: output.attributes['name'] ?? '',
    values: valuesOf(output, index),
    otherwise: childrenOf(output, 'defaultOutputEntry').map((entry) => literalIn(textIn(entry)))[0] ?? null,
  }));
  const isRanked = policy === 'PRIORITY' || policy === 'OUTPUT ORDER';
  if (isRanked && outputs.every(({ values }) => values.length === 0))
    throw new Refusal('table-without-priorities', { policy });
  return {
    policy: policy as HitPolicy,
    aggregation: aggregation as Aggregation | null,
    inputs,
    outputs,
    rows: childrenOf(table, 'rule').map((rule, row) => ({
      when: childrenOf(rule, 'inputEntry').map((entry, column) => testIn(textIn(entry)) ?? unread(entry, row, column)),
      then: childrenOf(rule, 'outputEntry').map(
        (entry, column) => literalIn(textIn(entry)) ?? unread(entry, row, inputs.length + column),
      ),
    })),
  };
}

const valuesOf = (output: XmlElement, index: number): readonly Literal[] =>
  childrenOf(output, 'outputValues').flatMap(
    (values) => literalsIn(textIn(values)) ?? unlisted(output.attributes['name'] ?? String(index + 1), textIn(values)),
  );

function unlisted(column: string, text: string): never {
  throw new Refusal('table-values', { column, text: text.trim() });
}

function unread(entry: XmlElement, row: number, column: number): never {
  throw new Refusal('table-cell', { row: row + 1, column: column + 1, text: textIn(entry).trim() });
}

/** What the table decides for facts as JSON has them. Refused with `table-fact` where one is not of the type of its column. */
export function decideFor(table: DecisionTable, facts: Readonly<Record<string, unknown>>): Decision {
  return decide(
    table,
    table.inputs.map(({ name, type }) => factAs(name, facts[name], type)),
  );
}

function factAs(name: string, value: unknown, type: Literal['is'] | null): Literal {
  if (value === null || value === undefined) return { is: 'null', text: '' };
  const given = type ?? (typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text');
  const text = String(value);
  const read =
    given === 'text'
      ? ({ is: 'text', text } as const)
      : literalIn(given === 'date' ? `date("${text.replaceAll(/["\\]/g, '')}")` : text);
  if (read?.is !== given) throw new Refusal('table-fact', { fact: name, text });
  return read;
}
