/** Does a change made in a view touch only the characters that it has to? */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf, type Command } from '#lib/document/commands.ts';
import { below, parentOf, valueAt } from '#lib/document/pointer.ts';
import { applied, inverse } from '#lib/document/text-edits.ts';
import { TextMap } from '#lib/document/text-map.ts';

const carriedOut = (text: string, ...commands: Command[]): string => stepsOf(text, commands).reduce(applied, text);

/** As a person writes a plan: tiers on a line each. */
const plan = `{
  "kind": "ratePlan",   "id": "data",
  "body": {
    "charges": [
      {
        "id": "base", "price": "2980",
        "tiers": [
          { "upTo": "3",  "unitPrice": "150" },
          { "upTo": null, "unitPrice": "80" }
        ]
      }
    ]
  }
}
`;
const tiers = '/body/charges/0/tiers';

describe('a command', () => {
  it('changes the value it names and leaves the rest as it was written, odd spaces and all', () => {
    const text = carriedOut(plan, { do: 'set', at: '/body/charges/0/price', value: '3280' });
    expect(text).toBe(plan.replace('"2980"', '"3280"'));
  });

  it('adds a row on a line of its own, written like the row before', () => {
    const value = { upTo: '10', unitPrice: '100' };
    expect(carriedOut(plan, { do: 'insert', at: tiers, index: 1, values: [value] })).toBe(
      plan.replace('"150" },\n', '"150" },\n          { "upTo": "10", "unitPrice": "100" },\n'),
    );
  });

  it('adds a row before the first', () => {
    const text = carriedOut(plan, { do: 'insert', at: tiers, index: 0, values: [{ upTo: '1', unitPrice: '0' }] });
    expect(text).toContain('[\n          { "upTo": "1", "unitPrice": "0" },\n          { "upTo": "3",');
  });

  it('puts a field where the schema tells it, on one line where its thing is', () => {
    const order = ['upTo', 'flat', 'unitPrice'];
    const text = carriedOut(plan, { do: 'set', at: `${tiers}/0/flat`, value: '980', order });
    expect(text).toContain('{ "upTo": "3", "flat": "980",  "unitPrice": "150" }');
  });

  it('puts a field first when nothing comes before it', () => {
    expect(carriedOut('{ "b": 1 }', { do: 'set', at: '/a', value: 0, order: ['a', 'b'] })).toBe('{ "a": 0, "b": 1 }');
  });

  it('makes the thing that is to hold a field when it is not there', () => {
    const text = carriedOut('{\n  "a": 1\n}', { do: 'set', at: '/bounds/cap', value: '5980' });
    expect(text).toBe('{\n  "a": 1,\n  "bounds": {\n    "cap": "5980"\n  }\n}');
  });

  it('takes a row out together with its comma, the first, the last and the only one', () => {
    const items = (text: string): unknown => valueAt(JSON.parse(text), tiers);
    const first = carriedOut(plan, { do: 'remove', at: `${tiers}/0` });
    expect(items(first)).toEqual([{ upTo: null, unitPrice: '80' }]);
    const last = carriedOut(plan, { do: 'remove', at: `${tiers}/1` });
    expect(last).toBe(plan.replace(',\n          { "upTo": null, "unitPrice": "80" }', ''));
    expect(carriedOut(last, { do: 'remove', at: `${tiers}/0` })).toContain('"tiers": []');
  });

  it('moves a row as it is written', () => {
    const text = carriedOut(plan, { do: 'move', at: tiers, from: 1, to: 0 });
    expect(text).toContain('{ "upTo": null, "unitPrice": "80" },\n          { "upTo": "3",  "unitPrice": "150" }\n');
  });

  it('duplicates a row with another name', () => {
    const text = carriedOut(plan, { do: 'duplicate', at: '/body/charges', index: 0, differing: { id: 'base-2' } });
    const charges = valueAt(JSON.parse(text), '/body/charges') as { id: string; price: string }[];
    expect(charges.map(({ id, price }) => [id, price])).toEqual([
      ['base', '2980'],
      ['base-2', '2980'],
    ]);
    expect(text).toContain('      },\n      {\n        "id": "base-2", "price": "2980",');
  });

  it('does nothing to a place that is not there', () => {
    expect(stepsOf(plan, [{ do: 'remove', at: '/body/charges/7' }])).toEqual([]);
    expect(stepsOf(plan, [{ do: 'move', at: '/nowhere', from: 0, to: 1 }])).toEqual([]);
  });

  it('makes the list that the first row of a new ruleset comes into', () => {
    const text = carriedOut('{\n  "body": {}\n}', {
      do: 'insert',
      at: '/body/discounts',
      index: 0,
      values: [{ id: 'a' }],
    });
    expect(JSON.parse(text)).toEqual({ body: { discounts: [{ id: 'a' }] } });
  });
});

describe('commands together', () => {
  it('share one step when they do not touch each other', () => {
    const cells = [0, 1].map((row): Command => ({ do: 'set', at: `${tiers}/${row}/unitPrice`, value: '1' }));
    expect(stepsOf(plan, cells)).toHaveLength(1);
  });

  it('take as many passes as one row needs, however many rows a pasted block has', () => {
    const rows = Array.from({ length: 300 }, (_, row) => ({ id: `row-${row}`, price: '1' }));
    const fields = ['price', 'size', 'fee'];
    const block = rows.flatMap((_, row) =>
      fields.map((name): Command => ({ do: 'set', at: below('/rows', row, name), value: String(row) })),
    );
    const text = JSON.stringify({ rows });
    const steps = stepsOf(text, block);
    expect(steps).toHaveLength(fields.length);
    const written = JSON.parse(steps.reduce(applied, text)) as { rows: unknown[] };
    expect(written.rows).toEqual(rows.map(({ id }, row) => ({ id, price: `${row}`, size: `${row}`, fee: `${row}` })));
  });

  it('see what those before them left', () => {
    const text = carriedOut(
      plan,
      { do: 'insert', at: tiers, index: 2, values: [{}] },
      { do: 'set', at: `${tiers}/2/upTo`, value: null },
      { do: 'set', at: `${tiers}/2/unitPrice`, value: '5' },
      { do: 'remove', at: `${tiers}/0` },
    );
    expect(valueAt(JSON.parse(text), tiers)).toEqual([
      { upTo: null, unitPrice: '80' },
      { upTo: null, unitPrice: '5' },
    ]);
  });
});

/** What the commands mean, said on values instead of text. */
function meant(document: unknown, command: Command): unknown {
  const result = structuredClone(document);
  const list = valueAt(result, command.at) as unknown[];
  const holder = valueAt(result, parentOf(command.at)) as Record<string, unknown>;
  const name = command.at.slice(parentOf(command.at).length + 1);
  if (command.do === 'set') holder[name] = command.value;
  else if (command.do === 'remove') Reflect.deleteProperty(holder, name);
  else if (command.do === 'insert') list.splice(command.index, 0, ...command.values);
  else if (command.do === 'removeItems') {
    const gone = new Set(command.indexes);
    list.splice(0, list.length, ...list.filter((_, index) => !gone.has(index)));
  } else if (command.do === 'move') list.splice(command.to, 0, ...list.splice(command.from, 1));
  else list.splice(command.index + 1, 0, structuredClone(list[command.index]));
  return result;
}

describe('whatever is done', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const row = fc.dictionary(fc.constantFrom('a', 'b', 'ä~/'), fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })));
  const document = fc.record({ list: fc.array(row, { minLength: 1, maxLength: 6 }), head: row });
  const spacing = fc.constantFrom(undefined, 0, 1, 2, '\t');
  const command = (rows: number): fc.Arbitrary<Command> => {
    const index = fc.nat({ max: rows - 1 });
    return fc.oneof(
      fc
        .tuple(index, fc.constantFrom('a', 'b', 'new'), fc.oneof(scalar, row))
        .map(([at, name, value]): Command => ({ do: 'set', at: below('/list', at, name), value })),
      fc
        .tuple(fc.nat({ max: rows }), fc.array(row, { maxLength: 3 }))
        .map(([at, values]): Command => ({ do: 'insert', at: '/list', index: at, values })),
      fc.uniqueArray(index).map((indexes): Command => ({ do: 'removeItems', at: '/list', indexes })),
      fc.tuple(index, index).map(([from, to]): Command => ({ do: 'move', at: '/list', from, to })),
      index.map((at): Command => ({ do: 'duplicate', at: '/list', index: at })),
    );
  };
  const cases = document.chain((value) => fc.tuple(fc.constant(value), spacing, command(value.list.length)));

  it('the text says what was meant, and the way back leads to the same characters', () => {
    fc.assert(
      fc.property(cases, ([value, indent, each]) => {
        const text = JSON.stringify(value, null, indent);
        let current = text;
        const backward = stepsOf(text, [each]).map((step) => {
          const back = inverse(current, step);
          current = applied(current, step);
          return back;
        });
        expect(JSON.parse(current)).toEqual(meant(value, each));
        expect(backward.toReversed().reduce(applied, current)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('commands together do what they do one after the other', () => {
    const growing = (rows: number): fc.Arbitrary<Command> =>
      command(rows).filter((each) => each.do === 'set' || each.do === 'insert' || each.do === 'move');
    const several = document.chain((value) =>
      fc.tuple(fc.constant(value), spacing, fc.array(growing(value.list.length), { minLength: 2, maxLength: 6 })),
    );
    fc.assert(
      fc.property(several, ([value, indent, commands]) => {
        const text = carriedOut(JSON.stringify(value, null, indent), ...commands);
        expect(JSON.parse(text)).toEqual(commands.reduce<unknown>(meant, value));
      }),
      { numRuns: 300 },
    );
  });

  it('every value is found where it stands', () => {
    fc.assert(
      fc.property(document, spacing, (value, indent) => {
        const map = new TextMap(JSON.stringify(value, null, indent));
        for (const [index, each] of value.list.entries())
          for (const [name, cell] of Object.entries(each)) {
            const place = map.at(below('/list', index, name));
            expect(place && JSON.parse(map.slice(place))).toEqual(cell);
          }
      }),
    );
  });
});
