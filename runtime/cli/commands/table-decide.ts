/**
 * What does a decision table of a DMN file decide for given facts, whatever its hit policy? Also called: DMN の判定, evaluate.
 * What becomes a price table is tried here first, and what cannot become one is tried all the same.
 */
import { readFileSync } from 'node:fs';
import type { Decision, Literal } from '#engine/tables/decision-table.ts';
import { decideFor, decisionTableElement, decisionTableIn } from '#runtime/tables/dmn-decision.ts';
import type { Words } from '#schemas/messages/render.ts';
import { optional, word, WrongCall, type Command } from '../command.ts';
import { jsonInput } from '../json-input.ts';

export const command: Command = {
  options: { input: { type: 'string' }, decision: { type: 'string' } },
  async run(call) {
    const xml = readFileSync(word(call, 0, 'DMN-FILE'), 'utf8');
    const facts = await jsonInput(call);
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts))
      throw new WrongCall('input-not-json', { file: optional(call, 'input') ?? '-' });
    const table = decisionTableIn(decisionTableElement(xml, optional(call, 'decision')));
    const decision = decideFor(table, { ...facts });
    const outcomes = outcomesOf(decision).map((outcome) => named(outcome, table.outputs));
    return {
      json: {
        decision: decision.is,
        rows: decision.rows.map((row) => row + 1),
        ...(decision.is === 'figure' ? { figure: decision.figure } : { outcomes }),
      },
      text: textOf(decision, outcomes, call.say),
    };
  },
};

const outcomesOf = (decision: Decision): readonly (readonly Literal[])[] =>
  decision.is === 'outcome' ? [decision.outcome] : decision.is === 'outcomes' ? decision.outcomes : [];

/** Figures and days are text, as everywhere. An output without a name of its own is called 'outcome'. */
const named = (
  outcome: readonly Literal[],
  outputs: readonly { readonly name: string }[],
): Readonly<Record<string, string | boolean | null>> =>
  Object.fromEntries(
    outcome.map(({ is, text }, index) => [
      outputs[index]?.name === '' ? 'outcome' : (outputs[index]?.name ?? `${index + 1}`),
      is === 'null' ? null : is === 'boolean' ? text === 'true' : text,
    ]),
  );

function textOf(decision: Decision, outcomes: readonly Readonly<Record<string, unknown>>[], say: Words): string {
  const rows = say.render('cli.table-decide.rows', {
    rows: decision.rows.map((row) => String(row + 1)).join(', '),
    count: decision.rows.length,
  });
  if (decision.is === 'nothing' || decision.is === 'contradiction')
    return `${say.render(`cli.table-decide.${decision.is}`)}\n${rows}`;
  const lines =
    decision.is === 'figure'
      ? [decision.figure]
      : outcomes.map((outcome) =>
          Object.entries(outcome)
            .map(([name, value]) => `${name}: ${String(value)}`)
            .join(', '),
        );
  return [...lines, rows].join('\n');
}
