/** What is an author told of a text that cannot be read? */
import { checkRulesets } from '#engine/rulesets/check.ts';
import { limits } from '#engine/rulesets/limits.ts';
import { soundSet } from '../../rulesets/sound-set.ts';
import { text, type Case } from './provoke.ts';

export const reading: readonly Case[] = [
  text(
    'a document of more than two megabytes',
    'document-too-large',
    '',
    { bytes: '2097155', limit: '2097152' },
    `"${'a'.repeat(limits.bytes + 1)}"`,
  ),
  text('a comma too many', 'malformed-json', '', { line: '2', column: '1', found: '}', what: 'text' }, '{"a":1,\n}'),
  text('a text that breaks off', 'malformed-json', '/a', { line: '1', column: '6', found: '', what: 'end' }, '{"a":'),
  text(
    'a line that ends within quotation marks',
    'malformed-json',
    '',
    { line: '1', column: '3', found: 'U+000A', what: 'character' },
    '{"\n":1}',
  ),
  text(
    'a mark that turns the direction of writing',
    'malformed-json',
    '',
    { line: '1', column: '1', found: 'U+202E', what: 'character' },
    '\u202e{}',
  ),
  text('a field twice', 'duplicate-key', '/a', { line: '1', column: '8', key: 'a' }, '{"a":1,"a":2}'),
  text(
    'a field that JavaScript keeps for itself',
    'forbidden-key',
    '/__proto__',
    { line: '1', column: '2', key: '__proto__' },
    '{"__proto__":{}}',
  ),
  text(
    'a thousand lists within one another',
    'nested-too-deep',
    '/0'.repeat(100),
    { limit: '100', line: '1', column: '101' },
    '['.repeat(1000),
  ),
  {
    code: 'nested-too-deep',
    when: 'a thousand objects within one another, handed over as they are',
    path: '',
    values: { limit: '100' },
    found: () => {
      let deep: unknown = {};
      for (let level = 0; level < 1000; level += 1) deep = { deep };
      return checkRulesets([{ document: deep }]);
    },
  },
  text(
    'a file in the folder of another',
    'file-in-wrong-place',
    '',
    { expected: 'rounding/up/v2.json' },
    JSON.stringify({ ...soundSet().rounding, id: 'up', version: 2 }),
  ),
];
