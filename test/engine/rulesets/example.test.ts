/** Can an author copy what is said of a missing field? */
import { describe, expect, it } from 'vitest';
import { formErrors } from '#engine/rulesets/check.ts';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };

type Node = Record<string, unknown>;

const kinds = bundle.$defs.Ruleset.oneOf.map(({ $ref }) => $ref.slice('#/$defs/'.length));

/** Writes into the document what each missing field is said to look like: of a choice the first, of what is left open nothing. */
function followed(definition: string): Node {
  const document: Node = {};
  for (let round = 0; round < 12; round += 1) {
    const missing = formErrors(definition, document).filter(({ code }) => code === 'required-field-missing');
    if (missing.length === 0) return document;
    for (const { path, values } of missing)
      Object.assign(at(document, path), JSON.parse(copied(values['example'] ?? '')));
  }
  throw new Error(`${definition}: fields are missing for ever`);
}

const copied = (example: string): string =>
  `{${example.replaceAll(/ \|.*?(?=[\],}]|$)/g, '').replaceAll('{ … }', '{}')}}`;

function at(document: Node, path: string): Node {
  return path
    .split('/')
    .slice(1)
    .reduce((node, step) => node[step] as Node, document);
}

describe('what a missing field looks like', () => {
  it.each(['AccountDocument', ...kinds])('can be copied until no field of %s is missing', (definition) => {
    const document = followed(definition);
    const left = formErrors(definition, document).filter(({ code }) => !toFillIn.has(code));
    expect({ document, left }).toEqual({ document, left: [] });
  });

  it.each([
    ['/effective', 'to', '"to": null'],
    ['', 'name', '"name": { "ja": "…", "en": "…" }'],
    ['', 'effective', `"effective": { "from": "2026-11-01", "to": null }`],
  ])('shows at “%s” how “%s” is written', (path, field, example) => {
    const errors = formErrors('Ruleset', path === '' ? { kind: 'tax' } : { kind: 'tax', effective: {} });
    expect(errors.find((each) => each.path === path && each.values['field'] === field)?.values['example']).toBe(
      example,
    );
  });
});

/** What only the author knows is left open: a name, a text, at least one of several. */
const toFillIn = new Set(['malformed-name', 'not-an-identifier', 'choice-missing', 'nothing-set', 'too-few-entries']);
