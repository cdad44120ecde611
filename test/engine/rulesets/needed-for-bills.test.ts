/** Is an author who has only written what is sold told what else a bill needs, so that it may be copied? */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { account, cycle, monthly, offering, plan, product } from '../billing/build.ts';

const sold: readonly Ruleset[] = [offering(), plan([monthly('4200')])];
const told = (rulesets: readonly Ruleset[]) =>
  checkRulesets(rulesets.map((document) => ({ document }))).filter(({ code }) => code === 'bill-needs');
const examplesOf = (found: ReturnType<typeof told>) =>
  found.map(({ values }) => JSON.parse(values['example'] ?? '') as Ruleset);

describe('what is sold without billing cycle, tax and rounding', () => {
  it('is told of each, once, with where it lies', () => {
    const another = { ...offering({}, 'another'), version: 1 };
    expect(told([...sold, another]).map(({ ruleset, values: { kind, file } }) => [ruleset, kind, file])).toEqual([
      ['offering/another@1', 'billingCycle', 'billingCycle/month-end/v1.json'],
      ['offering/another@1', 'tax', 'tax/consumption-tax/v1.json'],
      ['offering/another@1', 'rounding', 'rounding/yen-down/v1.json'],
    ]);
  });

  it('is billed once they are copied as they stand: 4,200 and 10 % of tax', () => {
    const whole = [...sold, ...examplesOf(told(sold))];
    expect(checkRulesets(whole.map((document) => ({ document })))).toEqual([]);
    const { bills } = bill(account('2026-04', [product()]), prepareRelease(whole));
    expect(bills.map(({ net, taxTotal, total, dueOn }) => [net, taxTotal, total, dueOn])).toEqual([
      ['4200', '420', '4620', '2026-05-27'],
    ]);
  });

  it('is told of what the billing cycle names, by that name', () => {
    const found = told([...sold, cycle()]);
    const { tax, rounding } = cycle().body;
    expect(examplesOf(found).map(({ kind, id }) => [kind, id])).toEqual([
      ['tax', tax],
      ['rounding', rounding],
    ]);
  });

  it('is left alone while such a ruleset is there and cannot be read', () => {
    const broken = { document: { kind: 'tax', id: 'consumption-tax' } };
    const found = checkRulesets([...sold.map((document) => ({ document })), broken]);
    expect(found.flatMap(({ code, values }) => (code === 'bill-needs' ? [values['kind']] : []))).toEqual([
      'billingCycle',
      'rounding',
    ]);
  });
});
