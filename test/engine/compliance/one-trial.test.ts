/** Is a second trial of one person found, for those whom the law concerns? */
import { describe, expect, it } from 'vitest';
import type { CampaignRuleset, ComplianceRule, Ruleset } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { account, cycle, monthly, offering, plan, product, tax, yenDown } from '../billing/build.ts';

const named = { ja: '試し', en: 'Trial' };
const envelope = { version: 1, name: named, effective: { from: '2000-01-01', to: null }, reason: 'For a test.' };

const trial: CampaignRuleset = {
  ...envelope,
  kind: 'campaign',
  id: 'trial',
  body: {
    triggers: ['new'],
    window: { from: '2000-01-01', to: null },
    grant: 'required',
    duration: { months: 6, countedFrom: 'start' },
    discounts: [{ id: 'off', name: named, effect: { op: 'amountOff', amount: '500' }, target: { charges: ['base'] } }],
  },
};

interface Trials {
  readonly second?: string;
  readonly severity?: 'error' | 'warning';
  readonly customer?: 'individual' | 'corporate';
  readonly triggers?: CampaignRuleset['body']['triggers'];
  readonly on?: string;
}

/** Two lines of one customer; the first has its trial since 1 January 2025. */
function billed({
  second,
  severity = 'error',
  customer = 'individual',
  triggers = ['new'],
  on = '2025-01-01',
}: Trials) {
  const limit: ComplianceRule = {
    ...{ rule: 'signUpDiscount', total: '20000', months: 6, law: { ja: '法', en: 'The law' }, source: 'Gazette' },
    ...{ from: '2024-12-26', to: null, severity },
  };
  const rulesets: Ruleset[] = [
    ...[cycle(), tax(), yenDown, plan([monthly('3000')]), offering({})],
    { ...trial, body: { ...trial.body, triggers } },
    { ...envelope, kind: 'complianceProfile', id: 'telecom', body: { customers: 'consumers', rules: [limit] } },
  ];
  const started = { appliedOn: on, startsOn: on };
  const given = account('2025-03', [product({ id: 'P-1', ...started }), product({ id: 'P-2', ...started })]);
  given.customer = { ...given.customer, type: customer };
  given.grants = [{ campaign: 'trial', product: 'P-1', grantedOn: on }];
  if (second !== undefined) given.grants.push({ campaign: 'trial', product: second, grantedOn: '2025-03-10' });
  return bill(given, prepareRelease(rulesets), { trace: true });
}

describe('a person has the trial', () => {
  it('once: a second one, for another line, stops the bill of the month in which it begins', () => {
    expect(() => billed({})).not.toThrow();
    expect(() => billed({ second: 'P-2' })).toThrow('second-trial');
  });

  it('and the same grant said again is no second one', () => {
    expect(() => billed({ second: 'P-1' })).not.toThrow();
  });

  it('as often as the operator likes where it is a firm, or where it does not reward signing up', () => {
    expect(() => billed({ second: 'P-2', customer: 'corporate' })).not.toThrow();
    expect(() => billed({ second: 'P-2', triggers: ['planChange'] })).not.toThrow();
  });

  it('anew where the first was had before the law', () => {
    expect(() => billed({ second: 'P-2', on: '2024-12-25' })).not.toThrow();
  });

  it('with a word in the trace where the limit only warns', () => {
    expect(JSON.stringify(billed({ second: 'P-2', severity: 'warning' }).trace)).toContain('trace.law.secondTrial');
  });
});
