/** Are files checked operator by operator, and is each told what is its own? */
import { describe, expect, it } from 'vitest';
import { checkRulesetFiles, isRulesetFile, type RulesetFile } from '#engine/rulesets/files.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { soundSet } from './sound-set.ts';

const fileOf = (operator: string, ruleset: Ruleset): RulesetFile => ({
  source: `rulesets/${operator}/${ruleset.kind}/${ruleset.id}/v${ruleset.version}.json`,
  text: JSON.stringify(ruleset, null, 2),
});
const filesOf = (operator: string): RulesetFile[] =>
  Object.values(soundSet()).map((ruleset) => fileOf(operator, ruleset));

describe('the files of rulesets', () => {
  it('of two operators may say the same', () => {
    expect(checkRulesetFiles([...filesOf('kanade-mobile'), ...filesOf('real-usage')])).toEqual([]);
  });

  it('of one operator do not serve another', () => {
    const other = filesOf('real-usage').filter(({ source }) => !source.includes('/tax/'));
    expect(checkRulesetFiles([...filesOf('kanade-mobile'), ...other])).toMatchObject([
      { code: 'bill-needs', values: { kind: 'tax' } },
      {
        code: 'unknown-reference',
        source: 'rulesets/real-usage/billingCycle/month-end/v1.json',
        ruleset: 'billingCycle/month-end@1',
      },
    ]);
  });

  it('that cannot be read are told of, and are not missed by those that name them', () => {
    const files = filesOf('kanade-mobile').map((file) =>
      file.source.includes('/tax/') ? { ...file, text: file.text.replace('{', '{,') } : file,
    );
    expect(checkRulesetFiles(files)).toMatchObject([
      {
        code: 'malformed-json',
        source: 'rulesets/kanade-mobile/tax/consumption/v1.json',
        values: { line: '1', column: '2' },
      },
    ]);
  });

  it('are those named by a version', () => {
    expect(isRulesetFile('rulesets/kanade-mobile/tax/consumption/v12.json')).toBe(true);
    expect(isRulesetFile('rulesets/kanade-mobile/tax/consumption/cases.json')).toBe(false);
    expect(isRulesetFile('v0.json')).toBe(false);
  });
});

describe('a broken ruleset', () => {
  it.each([
    ['plan', { ...soundSet().ratePlan, body: {} }],
    ['plan without an id', { ...soundSet().ratePlan, id: 'Voice Basic' }],
    ['plan without a kind', { ...soundSet().ratePlan, kind: 'plan' }],
  ])('(a %s) brings down no other: only its own errors are told', (_what, broken) => {
    const documents = [broken, ...Object.values(soundSet()).slice(1)];
    const files = documents.map((document, index) => ({ source: `${index}`, text: JSON.stringify(document) }));
    expect(new Set(checkRulesetFiles(files).map(({ source }) => source))).toEqual(new Set(['0']));
  });
});
