/** What is an author told of the cases that lie beside a ruleset? The fibre operator's telephone, whose calls have a price by destination. */
import { mutationRun } from '#engine/cases/mutation-run.ts';
import { survivorFindings } from '#engine/cases/case-findings.ts';
import { checkCaseFiles } from '#engine/cases/check-case-files.ts';
import type { RulesetFile } from '#engine/rulesets/files.ts';
import type { Case as Signed, Diagnostic, Usage } from '#schemas/generated/types.ts';
import { caseFiles, casesIn, rulesetFiles, rulesetsOf } from '../../../rulesets/shipped.ts';
import type { Case } from './provoke.ts';

const operator = 'kanade-fibre';
const plan = '/ratePlan/ip-phone/';
const [file] = caseFiles(operator).filter((each) => each.file.includes(plan));
const [calls] = casesIn(file!) as [Signed];
const [aCall] = calls.given.usage!.filter(({ attributes }) => attributes?.['destination'] === 'fixed') as [Usage];
const it = { ja: 'わざと', en: 'on purpose' };
const told = { caseJa: it.ja, caseEn: it.en };

/** What is told once these are the only cases beside the telephone's plan. */
const toldOf = (...cases: readonly Signed[]): Diagnostic[] =>
  toldBeside([{ source: file!.file, text: JSON.stringify(cases) }]);

function toldBeside(cases: readonly RulesetFile[]): Diagnostic[] {
  const texts = rulesetFiles(operator).map((each) => ({ source: each.file, text: JSON.stringify(each.document) }));
  return checkCaseFiles(texts, cases).filter(({ source }) => source?.includes(plan) === true);
}

const withUses = (uses: Signed['given']['usage']): Signed => {
  const { usage: _usage, ...given } = calls.given;
  return {
    ...calls,
    given: { ...given, ...(uses === undefined ? {} : { usage: uses }) },
    expect: { sums: { base: '4700' } },
  };
};

/** A case of the operator in which nobody has a telephone. */
const withoutTelephone = caseFiles(operator)
  .flatMap(casesIn)
  .find(({ given, release }) => release === undefined && given.products.every((each) => each.offering !== 'ip-phone'))!;

const changed = ['ratePlan', 'ip-phone', '/body/charges/1/price/rows/0/unitPrice', '8', '9'];

export const beside: readonly Case[] = [
  {
    ...{ code: 'case-fails', when: 'a total that comes out otherwise', path: '/1' },
    values: { ...told, what: 'total', expected: '1', actual: calls.expect.bills?.[0]?.total ?? '' },
    found: () => toldOf(calls, { ...calls, it, expect: { total: '1' } }),
  },
  {
    ...{ code: 'case-not-billable', when: 'a use of a product that nobody has', path: '/1' },
    values: { ...told, problem: 'product-unknown' },
    found: () => toldOf(calls, { ...withUses(calls.given.usage?.map((use) => ({ ...use, product: 'P-9' }))), it }),
  },
  {
    ...{ code: 'rows-not-tried', when: 'calls to one destination only', path: '/body/charges/1/price/rows' },
    values: { count: '2', of: '3', rows: 'mobile, navi-dial' },
    found: () =>
      toldOf(
        withUses(
          ['fixed', 'international'].map((destination) => ({ ...aCall, id: destination, attributes: { destination } })),
        ),
      ),
  },
  {
    ...{ code: 'no-case', when: 'a telephone that is in no case', path: '' },
    values: {},
    found: () => toldOf(withoutTelephone),
  },
  {
    ...{ code: 'no-case', when: 'an operator that has no cases at all', path: '' },
    values: {},
    found: () => toldBeside([]),
  },
  {
    ...{ code: 'mutant-survives', when: 'a price that no case asks about', path: changed[2]! },
    values: { from: '8', to: '9' },
    found: () => [
      ...survivorFindings([...mutationRun(rulesetsOf(operator), [], (place) => place === JSON.stringify(changed))]),
    ],
  },
];
